/** ln |det A| of a row-major n × n matrix, by Gaussian elimination in double precision. */
export function logAbsDeterminant(matrix: ArrayLike<number>, n: number): number {
  const a = Float64Array.from(matrix)
  const at = (r: number, c: number) => a[r * n + c] ?? NaN
  let sum = 0
  for (let column = 0; column < n; column++) {
    let pivot = column
    for (let r = column + 1; r < n; r++) if (Math.abs(at(r, column)) > Math.abs(at(pivot, column))) pivot = r
    for (let k = 0; k < n; k++) {
      const kept = at(column, k)
      a[column * n + k] = at(pivot, k)
      a[pivot * n + k] = kept
    }
    sum += Math.log(Math.abs(at(column, column)))
    for (let r = column + 1; r < n; r++) {
      const factor = at(r, column) / at(column, column)
      for (let k = column; k < n; k++) a[r * n + k] = at(r, k) - factor * at(column, k)
    }
  }
  return sum
}
