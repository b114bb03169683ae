import { areaAverage } from '../../domain/areaAverage'
import type { Rng } from '../../engine/rng'

/** Side of a made-up picture. */
export const SIDE = 32
const HALF = SIDE / 2

/** Levels [32 · 32 · 3]. */
export type Square = Uint8Array

/** A 28 × 28 grey picture in the middle of a black square. */
export function centred(grey: Uint8Array, from = 28): Square {
  const margin = (SIDE - from) / 2
  const square = new Uint8Array(SIDE * SIDE * 3)
  for (let y = 0; y < from; y++)
    for (let x = 0; x < from; x++) {
      const place = 3 * ((y + margin) * SIDE + x + margin)
      square.fill(grey[y * from + x] ?? 0, place, place + 3)
    }
  return square
}

/** Two 28 × 28 grey pictures, each squeezed to half the width of a square; null leaves its half black. */
export function sideBySide(left: Uint8Array | null, right: Uint8Array | null): Square {
  const square = new Uint8Array(SIDE * SIDE * 3)
  ;[left, right].forEach((grey, half) => {
    if (!grey) return
    const squeezed = areaAverage(grey, { width: 28, height: 28 }, { width: HALF, height: SIDE })
    squeezed.forEach((value, i) => {
      const place = 3 * (Math.floor(i / HALF) * SIDE + half * HALF + (i % HALF))
      square.fill(Math.round(value), place, place + 3)
    })
  })
  return square
}

/** Half of one picture and half of the other, level by level; without another: on black. */
export function blended(one: Square, other?: Square): Square {
  return one.map((level, i) => Math.round((level + (other?.[i] ?? 0)) / 2))
}

/** The mean of the three channels, in each of them. */
export function inGrey(square: Square): Square {
  return square.map((_, i) => {
    const first = i - (i % 3)
    return Math.round(((square[first] ?? 0) + (square[first + 1] ?? 0) + (square[first + 2] ?? 0)) / 3)
  })
}

/** Grey noise, uniform over all levels, the same in each channel. */
export function uniformNoise(rng: Rng): Square {
  const square = new Uint8Array(SIDE * SIDE * 3)
  for (let i = 0; i < square.length; i += 3) square.fill(rng.integer(256), i, i + 3)
  return square
}

/** A grey sine wave over the square: period from 3 to 8 pixels, any direction and phase. */
export function sineStripes(rng: Rng): Square {
  const period = 3 + 5 * rng.uniform()
  const angle = Math.PI * rng.uniform()
  const phase = 2 * Math.PI * rng.uniform()
  const [across, down] = [Math.cos(angle), Math.sin(angle)]
  const square = new Uint8Array(SIDE * SIDE * 3)
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const wave = Math.sin((2 * Math.PI * (x * across + y * down)) / period + phase)
      const place = 3 * (y * SIDE + x)
      square.fill(Math.round(127.5 * (1 + wave)), place, place + 3)
    }
  return square
}
