import type { Rng } from '../rng'

/** One training example: pixels in [0, 1], a target and a weight for each head (weight 0: unknown). */
export interface Example {
  readonly pixels: Float32Array
  readonly targets: Float32Array
  readonly weights: Float32Array
}

/** Beta(α, α) for 0 < α ≤ 1 (Jöhnk 1964). */
export function symmetricBeta(rng: Rng, alpha: number): number {
  for (;;) {
    const a = rng.uniform() ** (1 / alpha)
    const b = rng.uniform() ** (1 / alpha)
    if (a + b > 0 && a + b <= 1) return a / (a + b)
  }
}

/**
 * Mix-up (Zhang et al. 2018) of two examples: pixels share·one + (1 − share)·other; targets averaged with the heads' weights,
 * so that an unknown label of one leaves that of the other as it is.
 */
export function mixUp(one: Example, other: Example, share: number): Example {
  const weights = one.weights.map((weight, i) => share * weight + (1 - share) * (other.weights[i] ?? 0))
  const targets = one.targets.map((target, i) => {
    const weight = weights[i] ?? 0
    if (weight === 0) return target
    const mixed =
      share * (one.weights[i] ?? 0) * target + (1 - share) * (other.weights[i] ?? 0) * (other.targets[i] ?? 0)
    return mixed / weight
  })
  const pixels = new Float32Array(one.pixels.length)
  for (let i = 0; i < pixels.length; i++)
    pixels[i] = share * (one.pixels[i] ?? 0) + (1 - share) * (other.pixels[i] ?? 0)
  return { pixels, targets, weights }
}
