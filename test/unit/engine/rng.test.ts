import { expect, it } from 'vitest'
import { seededRng } from '../../../main/engine/rng'

/** As the first version drew them. */
const EARLIER = [
  [0.8868539538234472, 0.08350189379416406, -1.5459940654081947],
  [0.5686059962026775, 0.7615951006300747, -1.635900219950153],
  [0.7646351298317313, 0.35195164824835956, -1.3375957664818587],
]

const beginning = (seed: number) => {
  const rng = seededRng(seed)
  return Array.from({ length: 4 }, () => rng.uniform()).join(' ')
}

it('a negative seed has a stream of its own', () => {
  const seeds = [...Array.from({ length: 41 }, (_, i) => i - 20), 2 ** 32 - 1, 2 ** 40, -(2 ** 40)]
  expect(new Set(seeds.map(beginning)).size).toBe(seeds.length)
  expect(beginning(-7)).toBe(beginning(-7))
  expect(seededRng(-1).fork('noises').uniform()).not.toBe(seededRng(0).fork('noises').uniform())
})

it('seeds of 0 or more, and what is forked from them, have the streams of every version', () => {
  const drawn = [0, 1, 2 ** 32 + 7].map((seed) => {
    const rng = seededRng(seed)
    return [rng.uniform(), rng.fork('noises').uniform(), rng.fork('b').fork('c').normal()]
  })
  expect(drawn).toEqual(EARLIER)
})
