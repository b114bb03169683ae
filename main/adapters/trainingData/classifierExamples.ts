import { mixUp, symmetricBeta, type Example } from '../../engine/classifier'
import type { AugmentSettings } from '../../engine/augment'
import { seededRng, type Rng } from '../../engine/rng'
import { augmentToLetterboxedInput, augmentToModelInput } from './augmentToModelInput'
import { FINDINGS, type TrainingFilm } from './trainingFilm'

/** How films become training examples. */
interface ExampleSettings {
  /** Names of the heads; the first is the finding that is asked for. */
  readonly heads: readonly string[]
  /** Weight of the first head is 1, of every other one this. */
  readonly otherHeads: number
  /** Share of the teacher's probability in the target, where there is one. */
  readonly teacher: number
  /** Share of films with the finding in a batch. */
  readonly positives: number
  /** Beta(α, α) of mix-up. */
  readonly mixUp: number
  readonly augment: AugmentSettings
  /** Chance that a film is shown in another shape, with black bars, once `from` (a step) is reached. */
  readonly letterbox: { readonly chance: number; readonly from: number }
}

/** Heads beside the findings: what else the data set says of a film. Learnt along; never shown. */
const SIDE_HEADS: Readonly<Record<string, (film: TrainingFilm) => 0 | 1 | null>> = {
  'No Finding': (film) => (film.noFinding ? 1 : 0),
  'View AP': (film) => (film.view === null ? null : film.view === 'AP' ? 1 : 0),
  'Sex M': (film) => (film.sex === null ? null : film.sex === 'M' ? 1 : 0),
}

export const HEADS: readonly string[] = [...FINDINGS, ...Object.keys(SIDE_HEADS)]

/**
 * Targets and weights of a film: the label, half-way to the teacher's probability where there is one; weight 0 where neither
 * is known.
 */
export function targetsOf(
  film: TrainingFilm,
  settings: Pick<ExampleSettings, 'heads' | 'otherHeads' | 'teacher'>,
): { targets: Float32Array; weights: Float32Array } {
  const targets = new Float32Array(settings.heads.length)
  const weights = new Float32Array(settings.heads.length)
  settings.heads.forEach((head, i) => {
    const finding = FINDINGS.findIndex((name) => name === head)
    const label = finding >= 0 ? (film.labels[finding] ?? null) : (SIDE_HEADS[head]?.(film) ?? null)
    const taught = finding >= 0 ? (film.teacher?.[finding] ?? null) : null
    if (label === null && taught === null) return
    const share = taught === null ? 0 : label === null ? 1 : settings.teacher
    targets[i] = (1 - share) * (label ?? 0) + share * (taught ?? 0)
    weights[i] = i === 0 ? 1 : settings.otherHeads
  })
  return { targets, weights }
}

/** Draws batches; a batch depends only on the films, the settings, the seed and the step, so training can resume anywhere. */
export function exampleSampler(films: readonly TrainingFilm[], settings: ExampleSettings) {
  const positive = films.filter((film) => film.labels[0] === 1)
  const negative = films.filter((film) => film.labels[0] !== 1)
  const draw = (rng: Rng, letterbox: number): Example => {
    const pool = rng.uniform() < settings.positives ? positive : negative
    const film = pool[rng.integer(pool.length)]
    if (!film) throw new RangeError('training needs films with and without the finding')
    const augment = letterbox > 0 && rng.uniform() < letterbox ? augmentToLetterboxedInput : augmentToModelInput
    const levels = augment(film, rng, settings.augment)
    return { pixels: toPixels(levels), ...targetsOf(film, settings) }
  }
  return (of: { seed: number; step: number; batch: number }): Example[] => {
    const rng = seededRng(of.seed * 1_000_003 + of.step)
    const letterbox = of.step < settings.letterbox.from ? 0 : settings.letterbox.chance
    const examples = Array.from({ length: of.batch }, () => draw(rng, letterbox))
    if (settings.mixUp === 0) return examples
    return examples.map((example, i) => {
      const other = examples[(i + 1) % examples.length] ?? example
      const share = symmetricBeta(rng, settings.mixUp)
      return mixUp(example, other, Math.max(share, 1 - share))
    })
  }
}

/** Levels 0 … 255 to pixels in [0, 1]. */
export function toPixels(levels: Uint8Array): Float32Array {
  const pixels = new Float32Array(levels.length)
  for (let i = 0; i < pixels.length; i++) pixels[i] = (levels[i] ?? 0) / 255
  return pixels
}
