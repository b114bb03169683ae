import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  shortcutCell,
  SimpleBitsError,
  type ModelName,
  type PlantedSign,
  type ShortcutCell,
  type ShortcutSummary,
} from '../../../../contract'
import { auditedClassifier, type AuditedNetwork } from '../../../engine/audit'
import { auc } from '../../../engine/metrics'
import { seededRng } from '../../../engine/rng'
import { disposeParams, type Compiler } from '../../../engine/tensor'
import type { ModelStore } from '../../../ports'
import { loadRadiographs, type ExperimentSet } from '../../experimentData'
import { makeFolder, writeAtomic } from '../../files'
import { createReadyModels, type ReadyFlow } from '../../compute'
import { encodeSafetensors, toStored } from '../../tensors'
import { auditPlanted, BENCHMARK_SEARCH, type PlantedFilm } from './auditPlanted'
import { probabilities } from './probabilities'
import { SIGN_SIDE, withSign } from './signs'
import { pictureOf, PLANTED_TRAINING, trainPlanted } from './trainPlanted'

export interface ShortcutRequest {
  readonly models: ModelStore
  /** Runs training steps and searches. */
  readonly compiler: Compiler
  readonly flow: ModelName
  readonly data: string
  /** Folder of the finished cells: what lies there is not made again. */
  readonly out: string
  readonly seeds: readonly number[]
  readonly steps: number
  /** Films audited for each classifier. */
  readonly films: number
  readonly command: string
  readonly say: (text: string) => void
  readonly signal: AbortSignal
}

const SIGNS: readonly PlantedSign[] = ['letter', 'none', 'tag', 'patch']
const STRANGE = ['letter', 'tag', 'patch'] as const
const NOWHERE = new Uint8Array(SIGN_SIDE ** 2)
/** Counts of the deal; the loader's folds keep patients apart. */
const DEAL = { train: 900, validation: 1, test: 240 }

/** Trains planted and clean classifiers, audits films with each, and gives everything that the table is made of. */
export async function runShortcuts(request: ShortcutRequest): Promise<ShortcutSummary> {
  const { seeds, steps, films, out } = request
  const sets = await loadRadiographs(request.data, { set: 'radiographs', target: 'effusion', size: '128', ...DEAL })
  const flow = await createReadyModels(request.models).flow(request.flow)
  await makeFolder(out)
  const settings = {
    ...PLANTED_TRAINING,
    blocks: [...PLANTED_TRAINING.blocks],
    steps,
    films,
    flow: request.flow,
    flowSha256: flow.sha256,
    trainingFilms: DEAL.train,
    testFilms: DEAL.test,
    size: SIGN_SIDE,
    preset: 'standard',
    start: 'film',
    scoreEvery: BENCHMARK_SEARCH.path.scoreEvery,
    alarm: 'fineDetail',
  }
  // what a finished cell must have been made with to count; the search's numbers are the preset's
  const made = JSON.stringify({ settings, search: BENCHMARK_SEARCH })
  const cells: ShortcutCell[] = []
  for (const seed of seeds)
    for (const sign of SIGNS) {
      const path = join(out, `${sign}-${seed}.json`)
      const done = await finished(path, made)
      const cell = done ?? (await makeCell({ ...request, train: sets.train, test: sets.test, flow }, { sign, seed }))
      if (request.signal.aborted)
        throw new SimpleBitsError(
          'CANCELLED',
          `Stopped. The classifiers that were finished lie in ${out}; the next run goes on from there.`,
        )
      if (!done) await writeAtomic(path, JSON.stringify({ made, cell }))
      cells.push(cell)
    }
  return {
    schema: 'simplebits.shortcuts/2',
    command: request.command,
    settings: { ...settings, seeds: [...seeds] },
    cells,
  }
}

const finishedCell = z.object({ made: z.string(), cell: shortcutCell })

/** Null where there is none, or one that was made with another flow, search or size. */
async function finished(path: string, made: string): Promise<ShortcutCell | null> {
  const text = await readFile(path, 'utf8').catch(() => null)
  const found = text === null ? null : finishedCell.safeParse(JSON.parse(text))
  return found?.success && found.data.made === made ? found.data.cell : null
}

interface CellPlace extends Omit<ShortcutRequest, 'flow'> {
  readonly train: ExperimentSet
  readonly test: ExperimentSet
  readonly flow: ReadyFlow
}

async function makeCell(at: CellPlace, of: { sign: PlantedSign; seed: number }): Promise<ShortcutCell> {
  const startedAt = performance.now()
  const { net, params, frozen } = await trainPlanted(at.train, { ...of, steps: at.steps, compiler: at.compiler })
  await writeAtomic(join(at.out, `${of.sign}-${of.seed}.safetensors`), encodeSafetensors(toStored(params)))
  disposeParams(params)
  const network = auditedClassifier(net, frozen, { calibration: { temperature: 1, bias: 0 }, threshold: 0.5 })
  at.say(`${of.sign} ${of.seed}: trained in ${Math.round((performance.now() - startedAt) / 1000)} s`)
  const audited = []
  for (const film of chooseFilms(network, at.test, { ...of, films: at.films })) {
    audited.push(await auditPlanted({ flow: at.flow.flow, network, compiler: at.compiler }, film, of.seed))
    at.say(`${of.sign} ${of.seed}: ${audited.length} films, ${Math.round((performance.now() - startedAt) / 1000)} s`)
    if (at.signal.aborted) break
    await tf.nextFrame()
  }
  const cell: ShortcutCell = {
    ...of,
    steps: at.steps,
    auc: areas(network, at.test, of),
    films: audited,
    seconds: (performance.now() - startedAt) / 1000,
  }
  at.compiler.release(network)
  disposeParams(frozen)
  return cell
}

/**
 * Films of the test split, in a seeded order. Of a planted classifier those with the sign that it calls positive and, the
 * sign taken away, negative: on them the sign alone decides, so that the true place is known. Of a clean one any film, every second
 * one with a sign on it that this classifier never saw.
 */
function chooseFilms(
  network: AuditedNetwork,
  test: ExperimentSet,
  of: { sign: PlantedSign; seed: number; films: number },
): PlantedFilm[] {
  const rng = seededRng(of.seed).fork(`audited ${of.sign}`)
  const candidates = rng.permutation(test.count).map((film, place) => {
    const plain = pictureOf(test, film)
    const strange = place % 2 === 1 ? STRANGE[rng.integer(STRANGE.length)] : undefined
    const drawn: PlantedSign = of.sign === 'none' ? (strange ?? 'none') : of.sign
    const signed = drawn === 'none' ? null : withSign(plain, drawn, rng)
    return { film, drawn, plain, levels: signed?.levels ?? plain, place: signed?.place ?? NOWHERE }
  })
  const without = probabilities(
    network,
    candidates.map(({ plain }) => plain),
  )
  const signed = probabilities(
    network,
    candidates.map(({ levels }) => levels),
  )
  const decides = (i: number) => of.sign === 'none' || ((signed[i] ?? 0) >= 0.5 && (without[i] ?? 1) < 0.5)
  return candidates
    .map(({ film, drawn, levels, place }, i) => ({
      film,
      drawn,
      levels,
      place,
      probabilityWithout: drawn === 'none' ? null : (without[i] ?? null),
      decides: decides(i),
    }))
    .filter((candidate) => candidate.decides)
    .slice(0, of.films)
}

/** AUC on test films with the sign as in training, without any, and with it on the other label. */
function areas(
  network: AuditedNetwork,
  test: ExperimentSet,
  of: { sign: PlantedSign; seed: number },
): ShortcutCell['auc'] {
  const labels = [...test.labels].map((label) => label === 1)
  const pictures = labels.map((_, i) => pictureOf(test, i))
  const plain = probabilities(network, pictures)
  const rng = seededRng(of.seed).fork('areas')
  const { sign } = of
  const signed =
    sign === 'none'
      ? plain
      : probabilities(
          network,
          pictures.map((picture) => withSign(picture, sign, rng).levels),
        )
  const mixed = (on: boolean) =>
    auc(
      labels.map((label, i) => (label === on ? signed[i] : plain[i]) ?? 0),
      labels,
    )
  return { planted: mixed(true), plain: auc(plain, labels), swapped: mixed(false) }
}
