/** A linear score: bias + Σ weight·feature. */
interface LinearScore {
  readonly bias: number
  readonly weights: Float64Array
}

/**
 * Ridge regression on centred features: weights = (XᵀX + penalty·I)⁻¹ Xᵀ(y − mean y), by Cholesky factorisation in float64.
 *
 * @param rows one feature vector an example, all of one length
 * @param targets one value an example
 * @param penalty greater than 0
 */
export function fitRidge(rows: readonly Float32Array[], targets: readonly number[], penalty: number): LinearScore {
  const count = rows.length
  const size = rows[0]?.length ?? 0
  const mean = new Float64Array(size)
  for (const row of rows) for (let j = 0; j < size; j++) mean[j] = (mean[j] ?? 0) + (row[j] ?? 0) / count
  const level = targets.reduce((a, b) => a + b, 0) / count
  const gram = new Float64Array(size * size)
  const right = new Float64Array(size)
  const centred = new Float64Array(size)
  rows.forEach((row, i) => {
    for (let j = 0; j < size; j++) centred[j] = (row[j] ?? 0) - (mean[j] ?? 0)
    const residual = (targets[i] ?? 0) - level
    for (let j = 0; j < size; j++) {
      const value = centred[j] ?? 0
      right[j] = (right[j] ?? 0) + value * residual
      for (let k = 0; k <= j; k++) gram[j * size + k] = (gram[j * size + k] ?? 0) + value * (centred[k] ?? 0)
    }
  })
  for (let j = 0; j < size; j++) gram[j * size + j] = (gram[j * size + j] ?? 0) + penalty
  const weights = solveCholesky(gram, right, size)
  return { weights, bias: level - weights.reduce((sum, weight, j) => sum + weight * (mean[j] ?? 0), 0) }
}

export function linearScore({ bias, weights }: LinearScore, row: Float32Array): number {
  let sum = bias
  for (let j = 0; j < weights.length; j++) sum += (weights[j] ?? 0) * (row[j] ?? 0)
  return sum
}

/** Solves A·x = b for a symmetric positive definite A, of which the lower triangle is read and overwritten by its factor. */
function solveCholesky(a: Float64Array, b: Float64Array, size: number): Float64Array {
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = a[i * size + j] ?? 0
      for (let k = 0; k < j; k++) sum -= (a[i * size + k] ?? 0) * (a[j * size + k] ?? 0)
      a[i * size + j] = i === j ? Math.sqrt(sum) : sum / (a[j * size + j] ?? 1)
    }
  }
  const x = Float64Array.from(b)
  for (let i = 0; i < size; i++) {
    let sum = x[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (a[i * size + k] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (a[i * size + i] ?? 1)
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i] ?? 0
    for (let k = i + 1; k < size; k++) sum -= (a[k * size + i] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (a[i * size + i] ?? 1)
  }
  return x
}
