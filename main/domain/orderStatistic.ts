/**
 * The k-th smallest value (k from 0) by Hoare's selection: what `sort()[k]` gives, in linear time. Reorders `values`.
 *
 * @param values no NaN among them
 */
export function orderStatistic(values: Float32Array, k: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0
    let i = low
    let j = high
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i++
      while ((values[j] ?? 0) > pivot) j--
      if (i > j) break
      const kept = values[i] ?? 0
      values[i++] = values[j] ?? 0
      values[j--] = kept
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return values[k] ?? 0
}
