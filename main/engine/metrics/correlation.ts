/** Pearson's correlation; 1 for two equal constant series, 0 where one alone is constant. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)]
  let [product, squareA, squareB] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [da, db] = [(a[i] ?? 0) - meanA, (b[i] ?? 0) - meanB]
    product += da * db
    squareA += da * da
    squareB += db * db
  }
  if (squareA === 0 && squareB === 0) return 1
  return squareA === 0 || squareB === 0 ? 0 : product / Math.sqrt(squareA * squareB)
}

/** Spearman's rank correlation: Pearson's of the ranks, equal values sharing their mean rank. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return pearson(ranksOf(a), ranksOf(b))
}

/** Rank of each value, 0 the lowest. */
function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Float64Array.from({ length: values.length }, (_, i) => i)
  order.sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0))
  const ranks = new Float64Array(values.length)
  for (let first = 0; first < order.length;) {
    const value = values[order[first] ?? 0]
    let last = first
    while (last + 1 < order.length && values[order[last + 1] ?? 0] === value) last++
    for (let i = first; i <= last; i++) ranks[order[i] ?? 0] = (first + last) / 2
    first = last + 1
  }
  return ranks
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0
  return sum / values.length
}
