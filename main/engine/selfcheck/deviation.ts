import * as tf from '@tensorflow/tfjs-core'
import type { Compiler } from '../tensor'

/** How far one computed quantity is from its golden value, beside what is allowed. */
export interface Deviation {
  /** Name of the quantity. */
  readonly worst: string
  readonly deviation: number
  readonly limit: number
}

/**
 * Checks one golden set on the current backend: its tensors by name and its JSON. Given a compiler that makes graphs, what the
 * product runs as graphs is checked that way, too.
 */
export type GoldenCheck = (
  tensors: Readonly<Record<string, tf.Tensor>>,
  json: unknown,
  compiler?: Compiler,
) => Deviation[]

type Values = tf.Tensor | ArrayLike<number>
const read = (values: Values): ArrayLike<number> => (values instanceof tf.Tensor ? values.dataSync() : values)

function compare(actual: Values, expected: Values, reduce: (a: number, e: number) => void): void {
  const a = read(actual)
  const e = read(expected)
  if (a.length !== e.length) throw new RangeError(`Compared ${a.length} values with ${e.length}`)
  for (let i = 0; i < e.length; i++) reduce(a[i] ?? NaN, e[i] ?? NaN)
}

/** NaN must not pass for a small number. */
const orInfinity = (value: number) => (Number.isNaN(value) ? Infinity : value)

/** Largest |a − e|. */
export function absoluteDeviation(
  name: string,
  limit: number,
  [actual, expected]: readonly [Values, Values],
): Deviation {
  let worst = 0
  compare(actual, expected, (a, e) => (worst = Math.max(worst, orInfinity(Math.abs(a - e)))))
  return { worst: name, deviation: worst, limit }
}

/** Largest |a − e|/|e|. */
export function relativeDeviation(
  name: string,
  limit: number,
  [actual, expected]: readonly [Values, Values],
): Deviation {
  let worst = 0
  compare(
    actual,
    expected,
    (a, e) => (worst = Math.max(worst, orInfinity(Math.abs(a - e) / Math.max(Math.abs(e), 1e-12)))),
  )
  return { worst: name, deviation: worst, limit }
}

/** ‖a − e‖/‖e‖; absolute where the expected values are all 0. */
export function l2Deviation(name: string, limit: number, [actual, expected]: readonly [Values, Values]): Deviation {
  let difference = 0
  let norm = 0
  compare(actual, expected, (a, e) => {
    difference += (a - e) ** 2
    norm += e ** 2
  })
  return { worst: name, deviation: orInfinity(Math.sqrt(difference / (norm > 1e-24 ? norm : 1))), limit }
}

/** NCHW → NHWC: golden tensors to the engine's layout. */
export function toNhwc(x: tf.Tensor): tf.Tensor4D {
  return tf.transpose(x, [0, 2, 3, 1]) as tf.Tensor4D
}

/** NHWC → NCHW. */
export function toNchw(x: tf.Tensor): tf.Tensor4D {
  return tf.transpose(x, [0, 3, 1, 2]) as tf.Tensor4D
}

/** Runs a check that makes tensors and returns plain numbers; all its tensors are freed. */
export function tidied(check: () => Deviation[]): Deviation[] {
  const found: Deviation[] = []
  tf.tidy(() => {
    found.push(...check())
  })
  return found
}
