import {
  auc,
  aucInterval,
  calibrated,
  calibrationError,
  fitCalibration,
  operatingPoint,
  youdenPoint,
} from '../../../engine/metrics'
import { seededRng } from '../../../engine/rng'
import type { TrainingFilm } from '../../trainingData'

/** A film with the score of a model that never saw its patient. */
export interface ScoredFilm {
  readonly film: TrainingFilm
  readonly logit: number
  /** The ridge baseline's score from the same folds. */
  readonly ridge: number
}

/** One row of the table: effusion against the negatives of one group of films. */
export interface AucRow {
  readonly group: string
  readonly against: 'no finding' | 'all others'
  readonly positives: number
  readonly negatives: number
  readonly auc: number
  readonly low: number
  readonly high: number
  readonly ridge: number
}

const GROUPS: readonly { name: string; holds: (film: TrainingFilm) => boolean }[] = [
  { name: 'all', holds: () => true },
  { name: 'source train', holds: (film) => film.split === 'train' },
  { name: 'source train_hi', holds: (film) => film.split === 'train_hi' },
  { name: 'source test_hi', holds: (film) => film.split === 'test_hi' },
  { name: 'source test64', holds: (film) => film.split === 'test64' },
  { name: 'patient certainly in one fold only', holds: (film) => film.leakRisk === 0 },
  { name: 'view PA', holds: (film) => film.view === 'PA' },
  { name: 'view AP', holds: (film) => film.view === 'AP' },
]

/** The table of `docs/results`: effusion against no finding and against all others, by source and view, with 95 % intervals. */
export function aucTable(scored: readonly ScoredFilm[], seed: number): AucRow[] {
  return GROUPS.flatMap(({ name, holds }) =>
    (['no finding', 'all others'] as const).flatMap((against) => {
      const part = scored.filter(
        ({ film }) => holds(film) && (isPositive(film) || against === 'all others' || film.noFinding),
      )
      const positive = part.map(({ film }) => isPositive(film))
      const positives = positive.filter(Boolean).length
      if (positives < 10 || part.length - positives < 10) return []
      const groups = part.map(({ film }) => film.patientId ?? `film ${film.id}`)
      const logits = part.map(({ logit }) => logit)
      const interval = aucInterval(logits, positive, { groups, rng: seededRng(seed) })
      const ridge = auc(
        part.map((row) => row.ridge),
        positive,
      )
      const row: AucRow = {
        group: name,
        against,
        positives,
        negatives: part.length - positives,
        auc: interval.value,
        low: interval.low,
        high: interval.high,
        ridge,
      }
      return [row]
    }),
  )
}

/**
 * Does the score read the source or the view instead of the finding? AUC of the score at telling them apart among films
 * without any finding: 0.5 is what an unconfounded score gives.
 */
export function confounding(scored: readonly ScoredFilm[]): Record<string, number> {
  const healthy = scored.filter(({ film }) => film.noFinding)
  const tells = (of: (film: TrainingFilm) => boolean | null) => {
    const part = healthy.filter(({ film }) => of(film) !== null)
    return auc(
      part.map(({ logit }) => logit),
      part.map(({ film }) => of(film) === true),
    )
  }
  return {
    'source train against the others': tells((film) => film.split === 'train'),
    'source test_hi against the others': tells((film) => film.split === 'test_hi'),
    'source test64 against the others': tells((film) => film.split === 'test64'),
    'view AP against PA': tells((film) => (film.view === null ? null : film.view === 'AP')),
    'sex M against F': tells((film) => (film.sex === null ? null : film.sex === 'M')),
  }
}

/** The teacher's own AUC on the films that it covers, beside ours on the same films. */
export function besideTeacher(scored: readonly ScoredFilm[]) {
  const covered = scored.filter(({ film }) => film.teacher && (isPositive(film) || film.noFinding))
  const positive = covered.map(({ film }) => isPositive(film))
  return {
    films: covered.length,
    teacher: auc(
      covered.map(({ film }) => film.teacher?.[0] ?? 0),
      positive,
    ),
    own: auc(
      covered.map(({ logit }) => logit),
      positive,
    ),
  }
}

/** Calibration and threshold from the out-of-fold logits of all films (effusion against everything else). */
export function calibrate(scored: readonly ScoredFilm[]) {
  const positive = scored.map(({ film }) => isPositive(film))
  const logits = scored.map(({ logit }) => logit)
  const calibration = fitCalibration(logits, positive)
  const probabilities = logits.map((logit) => calibrated(logit, calibration))
  const youden = youdenPoint(probabilities, positive)
  const threshold = Math.round(youden.threshold * 1000) / 1000
  return {
    calibration,
    ...operatingPoint(probabilities, positive, threshold),
    prevalence: positive.filter(Boolean).length / positive.length,
    calibrationError: calibrationError(probabilities, positive),
  }
}

function isPositive(film: TrainingFilm): boolean {
  return film.labels[0] === 1
}
