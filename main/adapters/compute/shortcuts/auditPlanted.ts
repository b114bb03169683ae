import { MODEL_SIZE, type ShortcutFilm, type ShortcutHit, type PlantedSign } from '../../../../contract'
import { findZones, labelMap, outsideShares } from '../../../domain/zones'
import {
  AUDIT_PRESETS,
  matchingObjective,
  prepareProblem,
  readFilm,
  search,
  type AuditedNetwork,
  type AuditSettings,
} from '../../../engine/audit'
import { disposeQuestion, gradCam, integratedGradients, occlusion, questionOf } from '../../../engine/explain'
import type { PreparedFlow } from '../../../engine/flow'
import { seededRng } from '../../../engine/rng'
import { asShown } from './asShown'
import { hitOf } from './hits'
import { SIGN_SIDE } from './signs'

/** The patch in proportion to the picture, as on 128 × 128 pixels. */
export const SMALL_OCCLUSION = { patch: 8, stride: 4 } as const

export interface PlantedFilm {
  readonly film: number
  readonly drawn: PlantedSign
  readonly levels: Uint8Array
  /** Of the film before the sign was drawn; null where none was. */
  readonly probabilityWithout: number | null
  /** 1 on the sign; all 0 where none was drawn. */
  readonly place: Uint8Array
}

/** The quick preset, the way scored less often: nobody looks at it here. */
export const BENCHMARK_SEARCH: AuditSettings = {
  ...AUDIT_PRESETS.quick,
  path: { ...AUDIT_PRESETS.quick.path, scoreEvery: 8 },
}

/** A quick search on one film, every method's map of the same decision, and where all of them have their tops. */
export async function auditPlanted(
  models: { readonly flow: PreparedFlow; readonly network: AuditedNetwork },
  film: PlantedFilm,
  seed: number,
): Promise<ShortcutFilm> {
  const settings = BENCHMARK_SEARCH
  const problem = prepareProblem({
    ...models,
    film: film.levels,
    objective: matchingObjective('activation'),
    noiseDraws: settings.noiseDraws,
    rng: seededRng(seed).fork('noises'),
  })
  try {
    const reading = readFilm(problem)
    const options = { settings, rng: seededRng(seed), cancelled: () => false, film: reading, guess: null }
    const { chosen, choice } = await search(problem, { ...options, onStop: () => undefined })
    const maps = { original: reading.map, simplified: chosen.map, flatBits: reading.flatBits }
    const { share, filmShare } = outsideShares(zonesOfSmall(film.levels), maps)
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
            hitOf('keptBits', asShown(chosen.map), film.place),
            hitOf('filmBits', asShown(reading.map), film.place),
            ...(await attributionHits(models.network, film)),
          ]
        : [],
      outsideShare: share,
      outsideFilmShare: filmShare,
    }
  } finally {
    problem.dispose()
  }
}

async function attributionHits(network: AuditedNetwork, film: PlantedFilm): Promise<ShortcutHit[]> {
  const question = questionOf(network, film.levels, SIGN_SIDE)
  const pace = { cancelled: () => false, onStep: () => undefined }
  try {
    const integrated = await integratedGradients(question, pace)
    return [
      hitOf('gradCam', gradCam(question), film.place),
      hitOf('integratedGradients', asShown(integrated.map), film.place),
      hitOf('occlusion', await occlusion(question, pace, SMALL_OCCLUSION), film.place),
    ]
  } finally {
    disposeQuestion(question)
  }
}

/** Zones are found at 128 × 128: each pixel doubled, and the zones of every second one taken. */
function zonesOfSmall(levels: Uint8Array): Uint8Array {
  const times = MODEL_SIZE / SIGN_SIDE
  const pixels = Uint8Array.from({ length: MODEL_SIZE ** 2 }, (_, i) => {
    const [x, y] = [i % MODEL_SIZE, Math.floor(i / MODEL_SIZE)]
    return levels[Math.floor(y / times) * SIGN_SIDE + Math.floor(x / times)] ?? 0
  })
  const picture = { pixels, box: { x: 0, y: 0, width: MODEL_SIZE, height: MODEL_SIZE } }
  const labels = labelMap(picture, findZones(picture))
  return Uint8Array.from({ length: SIGN_SIDE ** 2 }, (_, i) => {
    const [x, y] = [i % SIGN_SIDE, Math.floor(i / SIGN_SIDE)]
    return labels[y * times * MODEL_SIZE + x * times] ?? 0
  })
}
