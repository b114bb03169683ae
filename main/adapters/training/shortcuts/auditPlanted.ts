import { averagedMap, detailShares, type ShortcutFilm, type ShortcutHit, type PlantedSign } from '../../../../contract'
import { findZones, labelMap, peakOutside } from '../../../domain/zones'
import {
  AUDIT_PRESETS,
  detailLeft,
  fineDetailLeft,
  matchingObjective,
  measureFilm,
  measureLevels,
  prepareProblem,
  search,
  type AuditedNetwork,
  type AuditProblem,
  type AuditSettings,
} from '../../../engine/audit'
import { disposeQuestion, gradCam, integratedGradients, occlusion, questionOf } from '../../../engine/explain'
import type { PreparedFlow } from '../../../engine/flow'
import { seededRng } from '../../../engine/rng'
import type { Compiler } from '../../../engine/tensor'
import { hitOf } from './hits'
import { SIGN_SIDE } from './signs'

export interface PlantedFilm {
  readonly film: number
  readonly drawn: PlantedSign
  readonly levels: Uint8Array
  /** Of the film before the sign was drawn; null where none was. */
  readonly probabilityWithout: number | null
  /** 1 on the sign; all 0 where none was drawn. */
  readonly place: Uint8Array
}

/** As in the product, stops included: the choice is one of them. */
export const BENCHMARK_SEARCH: AuditSettings = AUDIT_PRESETS.standard

/** A search on one film, every method's map of the same decision, and where all of them have their tops. */
export async function auditPlanted(
  models: { readonly flow: PreparedFlow; readonly network: AuditedNetwork; readonly compiler: Compiler },
  film: PlantedFilm,
  seed: number,
): Promise<ShortcutFilm> {
  const settings = BENCHMARK_SEARCH
  const problem = prepareProblem({
    ...models,
    filmLevels: film.levels,
    objective: matchingObjective('activation'),
    noiseDraws: settings.noiseDraws,
    rng: seededRng(seed).fork('noises'),
  })
  try {
    const reading = measureFilm(problem)
    const options = { settings, rng: seededRng(seed), cancelled: () => false, film: reading, guess: null }
    const { chosen, choice } = await search(problem, { ...options, onStop: () => undefined })
    const kept = keptMap(problem, chosen.levels)
    const picture = { pixels: film.levels, box: { x: 0, y: 0, width: SIGN_SIDE, height: SIGN_SIDE } }
    const peak = peakOutside(labelMap(picture, findZones(picture)), fineDetailLeft(problem, chosen.shares))
    const drawn = film.drawn !== 'none'
    return {
      film: film.film,
      drawn: film.drawn,
      probability: reading.probability,
      probabilityWithout: film.probabilityWithout,
      decisionKept: choice.retention !== 'lost',
      bitsLeft: chosen.bits / reading.figures.bits,
      signPixels: film.place.reduce((sum, is) => sum + is, 0),
      hits: drawn
        ? [
            hitOf('keptBits', averagedMap(kept), film.place),
            hitOf('detailLeft', detailShares(detailLeft(problem, chosen.shares).map), film.place),
            hitOf('filmBits', averagedMap(reading.map), film.place),
            ...(await attributionHits(models.network, film)),
          ]
        : [],
      peak: peak?.share ?? null,
    }
  } finally {
    problem.dispose()
  }
}

/** Bits of the counterpart as an audit reports them: the mean over all noise draws. */
function keptMap(problem: AuditProblem, levels: Uint8Array): Float32Array {
  return measureLevels(problem, levels, { draws: BENCHMARK_SEARCH.noiseDraws }).map
}

async function attributionHits(network: AuditedNetwork, film: PlantedFilm): Promise<ShortcutHit[]> {
  const question = questionOf(network, film.levels, SIGN_SIDE)
  const pace = { cancelled: () => false, onStep: () => undefined }
  try {
    const integrated = await integratedGradients(question, pace)
    return [
      hitOf('gradCam', gradCam(question), film.place),
      hitOf('integratedGradients', averagedMap(integrated.map), film.place),
      hitOf('occlusion', await occlusion(question, pace), film.place),
    ]
  } finally {
    disposeQuestion(question)
  }
}
