import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { sha256, SimpleBitsError } from '../../../../contract'
import { hashOf, writeAtomic } from '../../files'
import type { TrainingFilm } from '../../trainingData'
import type { HashedData } from '../provenance'
import type { ClassifierTrainingConfig } from './trainingConfig'

/** Enough for every figure: a thousandth of the third decimal of a probability. */
const DECIMALS = 5

/** What a fold's model says of the films that it never saw. */
interface FoldPredictions {
  readonly fold: number
  /** Steps that its weights were trained for. */
  readonly steps: number
  /** Of the finding, for each film that the fold holds out, in their order. */
  readonly logits: readonly number[]
}

interface Fold {
  readonly fold: number
  readonly heldOut: readonly TrainingFilm[]
}

/** Where predictions of a classifier's folds are kept beyond their runs, and what they are to have been made with. */
export interface KeptPlace {
  /** Holds `fold0.json`, `fold1.json`, … */
  readonly folder: string
  readonly config: ClassifierTrainingConfig
  readonly data: readonly HashedData[]
}

const runPredictions = z.object({
  step: z.number().int(),
  rows: z.array(z.object({ id: z.string(), logits: z.array(z.number()) })),
})

const keptPredictions = z.strictObject({
  steps: z.number().int(),
  /** sha256 of what shaped the training. */
  recipe: sha256,
  /** What was trained on and predicted. */
  data: z.array(z.strictObject({ name: z.string(), sha256, use: z.string() })),
  /** Logit of the finding by film. */
  logits: z.record(z.string(), z.number()),
})

/**
 * As `train classifier --set folds.held=K` left them in `runs/foldK`.
 *
 * @returns null where there is no such run
 * @throws SimpleBitsError BAD_REQUEST where its films are not the ones that the fold holds out
 */
export async function runFold(runs: string, { fold, heldOut }: Fold): Promise<FoldPredictions | null> {
  const text = await readFile(join(runs, `fold${fold}`, 'predictions.json'), 'utf8').catch(() => null)
  if (text === null) return null
  const { step, rows } = runPredictions.parse(JSON.parse(text))
  if (rows.length !== heldOut.length || rows.some(({ id }, i) => id !== heldOut[i]?.id)) throw belongsTo(fold, 'films')
  return { fold, steps: step, logits: rows.map(({ logits }) => logits[0] ?? NaN) }
}

/**
 * As an earlier `train package` kept them.
 *
 * @returns null where none are kept
 * @throws SimpleBitsError BAD_REQUEST where they were made by another recipe, from other data or of other films
 */
export async function keptFold(place: KeptPlace, { fold, heldOut }: Fold): Promise<FoldPredictions | null> {
  const text = await readFile(fileOf(place, fold), 'utf8').catch(() => null)
  if (text === null) return null
  const { steps, recipe, data, logits } = keptPredictions.parse(JSON.parse(text))
  if (recipe !== recipeOf(place.config, { fold, steps })) throw belongsTo(fold, 'settings')
  const same = data.length === place.data.length && data.every((file, i) => file.sha256 === place.data[i]?.sha256)
  if (!same) throw belongsTo(fold, 'data')
  const found = heldOut.map(({ id }) => logits[id])
  if (Object.keys(logits).length !== heldOut.length || found.includes(undefined)) throw belongsTo(fold, 'films')
  return { fold, steps, logits: found.map((logit) => logit ?? NaN) }
}

/**
 * Keeps them, some 25 KB a fold: runs are large and stay with whoever trained them, and a later fold must not cost the others anew.
 * @throws SimpleBitsError WRITE_FAILED
 */
export async function keepFold(place: KeptPlace, { fold, heldOut }: Fold, made: FoldPredictions): Promise<void> {
  const logitOf = (i: number) => Number((made.logits[i] ?? NaN).toFixed(DECIMALS))
  const kept = keptPredictions.parse({
    steps: made.steps,
    recipe: recipeOf(place.config, made),
    data: place.data,
    logits: Object.fromEntries(heldOut.map(({ id }, i) => [id, logitOf(i)])),
  })
  await writeAtomic(fileOf(place, fold), `${JSON.stringify(kept)}\n`)
}

const fileOf = ({ folder }: KeptPlace, fold: number) => join(folder, `fold${fold}.json`)

/** All settings but those that only say how often a training is saved and told of. */
function recipeOf(config: ClassifierTrainingConfig, { fold, steps }: { fold: number; steps: number }) {
  const folds = { ...config.folds, held: fold }
  return hashOf(JSON.stringify({ ...config, steps, folds, checkpointEvery: null, logEvery: null }))
}

function belongsTo(fold: number, other: 'films' | 'settings' | 'data'): SimpleBitsError {
  return new SimpleBitsError('BAD_REQUEST', `The predictions of fold ${fold} belong to other ${other}; train it again.`)
}
