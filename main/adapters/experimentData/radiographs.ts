import { MODEL_SIZE, type ExperimentData } from '../../../contract'
import { areaAverage } from '../../domain/areaAverage'
import { seededRng } from '../../engine/rng'
import { loadTrainingFilms, patientFolds, toModelInput, type TrainingFilm } from '../trainingData'
import { requireCount } from './distractors'
import { SPLITS, type ExperimentSet, type ExperimentSets, type SplitName } from './sets'

type RadiographData = Extract<ExperimentData, { set: 'radiographs' }>

export const RADIOGRAPH_FILES = ['nih/manifest.csv', 'nih/png256'] as const

const FOLDS = 10
const DEAL_SEED = 20_220_109
/** Folds of patients a split takes; the rest is trained on. */
const FOLDS_OF: Readonly<Record<SplitName, readonly number[]>> = {
  test: [0, 1],
  validation: [2],
  train: [3, 4, 5, 6, 7, 8, 9],
}

const TARGETS: Readonly<
  Record<RadiographData['target'], { classNames: readonly string[]; label(film: TrainingFilm): 0 | 1 | null }>
> = {
  effusion: {
    classNames: ['no finding', 'effusion'],
    label: (film) => (film.labels[0] === 1 ? 1 : film.noFinding ? 0 : null),
  },
  sex: { classNames: ['female', 'male'], label: ({ sex }) => (sex === null ? null : sex === 'M' ? 1 : 0) },
}

/**
 * Radiographs as the model sees them, averaged to the size; only films whose target is known. No patient is in two splits,
 * and none of the bundled films is among them.
 *
 * @throws SimpleBitsError DATA_MISSING, BAD_REQUEST where more are asked for than there are
 */
export async function loadRadiographs(root: string, data: RadiographData): Promise<ExperimentSets> {
  const { classNames, label } = TARGETS[data.target]
  const films = (await loadTrainingFilms(root)).filter((film) => film.native === 2 * MODEL_SIZE)
  const folds = patientFolds(films, FOLDS, DEAL_SEED)
  // the list is sorted by source and label: a part of it must not be
  const order = seededRng(DEAL_SEED).permutation(films.length)
  const size = Number(data.size)
  const make = (split: SplitName): ExperimentSet => {
    const known = [...order]
      .filter((i) => FOLDS_OF[split].includes(folds[i] ?? -1))
      .flatMap((i) => films[i] ?? [])
      .filter((film) => label(film) !== null)
    requireCount({ count: known.length }, { split, count: data[split], name: 'films whose target is known' })
    return toSet(known.slice(0, data[split]), size, label)
  }
  const [train, validation, test] = SPLITS.map(make) as [ExperimentSet, ExperimentSet, ExperimentSet]
  return { size, channels: 1, classNames, train, validation, test, files: RADIOGRAPH_FILES }
}

function toSet(
  films: readonly TrainingFilm[],
  size: number,
  label: (film: TrainingFilm) => 0 | 1 | null,
): ExperimentSet {
  const pictures = new Uint8Array(films.length * size * size)
  films.forEach((film, i) => pictures.set(reduced(toModelInput(film), size), i * size * size))
  const labels = Uint8Array.from(films, (film) => label(film) ?? 0)
  return { size, channels: 1, count: films.length, pictures, labels, parts: null }
}

/** What the model sees, averaged to another size. */
export function reduced(levels: Uint8Array, size: number): Uint8Array {
  const from = { width: MODEL_SIZE, height: MODEL_SIZE }
  return size === MODEL_SIZE
    ? levels
    : Uint8Array.from(areaAverage(levels, from, { width: size, height: size }), Math.round)
}
