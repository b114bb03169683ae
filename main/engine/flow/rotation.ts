import type { Rng } from '../rng'

interface RotationFactors {
  readonly p: Float32Array
  readonly l: Float32Array
  readonly u: Float32Array
  readonly sign: Float32Array
  readonly logS: Float32Array
}

/** A random rotation Q (Gram–Schmidt of a normal matrix) factored as Q = P·(I + l)·(u + diag(sign·exp(logS))); row-major n × n. */
export function randomRotationFactors(n: number, rng: Rng): RotationFactors {
  return luFactors(randomRotation(n, rng), n)
}

function randomRotation(n: number, rng: Rng): Float64Array {
  const q = Float64Array.from(rng.normalArray(n * n))
  const dot = (a: number, b: number) => {
    let sum = 0
    for (let k = 0; k < n; k++) sum += (q[a * n + k] ?? 0) * (q[b * n + k] ?? 0)
    return sum
  }
  const subtract = (from: number, what: number, factor: number) => {
    for (let k = 0; k < n; k++) q[from * n + k] = (q[from * n + k] ?? 0) - factor * (q[what * n + k] ?? 0)
  }
  for (let row = 0; row < n; row++) {
    // twice is enough (Kahan): the second pass removes what rounding left
    for (let pass = 0; pass < 2; pass++) for (let other = 0; other < row; other++) subtract(row, other, dot(row, other))
    const length = Math.sqrt(dot(row, row))
    for (let k = 0; k < n; k++) q[row * n + k] = (q[row * n + k] ?? 0) / length
  }
  return q
}

/** PA-style LU with partial pivoting: A = P·L·U. @throws RangeError for a singular matrix */
function luFactors(matrix: Float64Array, n: number): RotationFactors {
  const a = Float64Array.from(matrix)
  const order = Array.from({ length: n }, (_, i) => i)
  const at = (r: number, c: number) => a[r * n + c] ?? 0
  for (let column = 0; column < n; column++) {
    let pivot = column
    for (let r = column + 1; r < n; r++) if (Math.abs(at(r, column)) > Math.abs(at(pivot, column))) pivot = r
    if (at(pivot, column) === 0) throw new RangeError('The matrix is singular')
    swapRows(a, n, [column, pivot])
    const kept = order[column] ?? column
    order[column] = order[pivot] ?? pivot
    order[pivot] = kept
    for (let r = column + 1; r < n; r++) {
      const factor = at(r, column) / at(column, column)
      a[r * n + column] = factor
      for (let k = column + 1; k < n; k++) a[r * n + k] = at(r, k) - factor * at(column, k)
    }
  }
  const factors = {
    p: new Float32Array(n * n),
    l: new Float32Array(n * n),
    u: new Float32Array(n * n),
    sign: new Float32Array(n),
    logS: new Float32Array(n),
  }
  for (let r = 0; r < n; r++) {
    // row r of L·U is row order[r] of A
    factors.p[(order[r] ?? r) * n + r] = 1
    factors.sign[r] = Math.sign(at(r, r))
    factors.logS[r] = Math.log(Math.abs(at(r, r)))
    for (let c = 0; c < n; c++) (c < r ? factors.l : factors.u)[r * n + c] = c === r ? 0 : at(r, c)
  }
  return factors
}

function swapRows(a: Float64Array, n: number, [x, y]: readonly [number, number]): void {
  for (let k = 0; k < n; k++) {
    const kept = a[x * n + k] ?? 0
    a[x * n + k] = a[y * n + k] ?? 0
    a[y * n + k] = kept
  }
}
