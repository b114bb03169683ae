import { describe, expect, it } from 'vitest'
import {
  augmentToLetterboxedInput,
  augmentToModelInput,
  exampleSampler,
  patientFolds,
  shiftToModelInput,
  toModelInput,
} from '../../../main/adapters/trainingData'
import { HEADS, targetsOf } from '../../../main/adapters/trainingData/classifierExamples'
import { FINDINGS } from '../../../main/adapters/trainingData/trainingFilm'
import { modelInput } from '../../../main/domain/modelInput'
import { drawShift, drawWarp, IDENTITY_WARP, warpAndHalve } from '../../../main/engine/augment'
import { seededRng } from '../../../main/engine/rng'
import { filmOf, trainingFilm } from '../../support/trainingFilms'

const still = { shift: 0, scale: 0, rotation: 0, flip: 0, gamma: 0 }
const moved = { shift: 0.06, scale: 0.12, rotation: 8, flip: 0.5, gamma: 0.25 }

describe('augmentation', () => {
  const film = trainingFilm({ id: 'a', seed: 1 })

  it('without movement gives exactly what the model sees of the film', () => {
    expect([...toModelInput(film)]).toEqual([...modelInput(filmOf(film.grey, 256)).pixels])
    expect([...augmentToModelInput(film, seededRng(1), still)]).toEqual([...toModelInput(film)])
  })

  it('is a function of the seed', () => {
    const draw = (seed: number) => [...augmentToModelInput(film, seededRng(seed), moved)]
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
  })

  it('mirrors and shifts by whole pixels exactly', () => {
    const grey = Uint8Array.from({ length: 64 }, (_, i) => (i * 37) % 256)
    const plain = warpAndHalve(grey, 8, IDENTITY_WARP)
    const mirrored = warpAndHalve(grey, 8, { ...IDENTITY_WARP, a: -1 })
    const shifted = warpAndHalve(grey, 8, { ...IDENTITY_WARP, dx: 2 })
    for (let y = 0; y < 4; y++)
      for (let x = 0; x < 4; x++) {
        expect(mirrored[y * 4 + x]).toBeCloseTo(plain[y * 4 + 3 - x] ?? NaN, 4)
        if (x < 3) expect(shifted[y * 4 + x]).toBeCloseTo(plain[y * 4 + x + 1] ?? NaN, 4)
      }
    expect(shifted[3]).toBeCloseTo(mirrorMean(grey), 4)
  })

  it('shifts by whole pixels where the grain is to stay', () => {
    const rng = seededRng(3)
    const shifts = Array.from({ length: 20 }, () => drawShift(rng, moved, 256))
    for (const { dx, dy, ...rest } of shifts) {
      expect([dx, dy].every((by) => Number.isInteger(by) && Math.abs(by) <= 15)).toBe(true)
      expect({ ...rest, dx: 0, dy: 0 }).toEqual(IDENTITY_WARP)
    }
    expect(new Set(shifts.map(({ dx }) => dx)).size).toBeGreaterThan(5)
    expect([...shiftToModelInput(film, seededRng(1), still)]).toEqual([...toModelInput(film)])
    expect([...shiftToModelInput(film, seededRng(1), moved)]).not.toEqual([...toModelInput(film)])
  })

  it('letterboxes a film of another shape as modelInput does', () => {
    const rng = seededRng(4)
    const levels = augmentToLetterboxedInput(film, rng, still)
    const again = seededRng(4)
    drawWarp(again, still, 256)
    const shape = 0.8 * (1.25 / 0.8) ** again.uniform()
    const squeezed = filmOf(film.grey, 256)
    const expected = modelInput({ ...squeezed, header: { ...squeezed.header, pixelAspect: shape } })
    expect(expected.record.box).not.toMatchObject({ width: 128, height: 128 })
    expect([...levels]).toEqual([...expected.pixels])
  })

  it('stays inside the grey values of the film', () => {
    const rng = seededRng(9)
    for (let i = 0; i < 20; i++) {
      const values = warpAndHalve(film.grey, 256, drawWarp(rng, { ...moved, shift: 0.3, rotation: 45 }, 256))
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...values)).toBeLessThanOrEqual(255)
    }
  })
})

/** The mean of the mirrored columns 8, 9 (= 7, 6) of the first two rows. */
function mirrorMean(grey: Uint8Array): number {
  return [7, 6, 15, 14].reduce((sum, index) => sum + (grey[index] ?? 0), 0) / 4
}

describe('targets', () => {
  const settings = { heads: HEADS, otherHeads: 0.15, teacher: 0.5 }

  it('gives unknown labels no weight', () => {
    const film = trainingFilm({ id: 'a', seed: 1, labels: FINDINGS.map((_, i) => (i === 0 ? 1 : null)) })
    const { targets, weights } = targetsOf(film, settings)
    expect(targets[0]).toBe(1)
    expect([...weights.slice(0, 3)]).toEqual([1, 0, 0])
    expect(weights[HEADS.indexOf('View AP')]).toBe(0)
  })

  it('meets the teacher half-way', () => {
    const film = trainingFilm({ id: 'a', seed: 1, teacher: FINDINGS.map(() => 0.4) })
    expect(targetsOf(film, settings).targets[0]).toBeCloseTo(0.2)
    expect(targetsOf({ ...film, labels: FINDINGS.map(() => null) }, settings).targets[0]).toBeCloseTo(0.4)
  })

  it('draws the same batch from the same seed and step', () => {
    const films = [0, 1, 2, 3].map((i) =>
      trainingFilm({ id: `f${i}`, seed: i, labels: FINDINGS.map((_, k) => (k === 0 && i < 2 ? 1 : 0)) }),
    )
    const sample = exampleSampler(films, {
      ...settings,
      positives: 0.5,
      mixUp: 0.3,
      augment: moved,
      letterbox: { chance: 0.5, from: 0 },
    })
    const draw = (step: number) =>
      sample({ seed: 1, step, batch: 4 }).map(({ targets, pixels }) => [targets[0], pixels[99]])
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
  })
})

describe('folds', () => {
  it('never split a patient, and hold both classes of every source', () => {
    const films = Array.from({ length: 90 }, (_, i) =>
      trainingFilm({
        id: `f${i}`,
        seed: 1,
        grey: new Uint8Array(0),
        patientId: i % 3 === 0 ? null : `p${Math.floor(i / 4)}`,
        split: i < 45 ? 'train_hi' : 'test_hi',
        labels: FINDINGS.map((_, k) => (k === 0 && i % 5 === 0 ? 1 : 0)),
      }),
    )
    const folds = patientFolds(films, 3, 1)
    expect(patientFolds(films, 3, 1)).toEqual(folds)
    const byPatient = new Map<string, Set<number>>()
    films.forEach((film, i) => {
      if (film.patientId)
        byPatient.set(film.patientId, (byPatient.get(film.patientId) ?? new Set()).add(folds[i] ?? -1))
    })
    for (const held of byPatient.values()) expect(held.size).toBe(1)
    for (const fold of [0, 1, 2])
      for (const split of ['train_hi', 'test_hi'])
        for (const label of [0, 1])
          expect(
            films.filter((f, i) => folds[i] === fold && f.split === split && f.labels[0] === label).length,
          ).toBeGreaterThan(0)
  })
})
