import * as tf from '@tensorflow/tfjs-core'
import { median } from 'd3-array'
import { MODEL_SIZE } from '../../../../contract'
import { auditedClassifier, probabilityOf, sameSide } from '../../../engine/audit'
import { reportedBits, type PreparedFlow } from '../../../engine/flow'
import { instantCounterpart } from '../../../engine/instant'
import type { SimplifierNet } from '../../../engine/simplify'
import type { Params } from '../../../engine/tensor'
import { toModelInput, type TrainingFilm } from '../../trainingData'
import { toPictures, type ReadyClassifier } from '../../compute'

const DRAWS = 1

export interface SimplifierFigures {
  readonly films: number
  /** Median bits per dimension of the films and of their instant counterparts. */
  readonly bpd: { readonly film: number; readonly counterpart: number }
  /** Median share of the film's bits that is left. */
  readonly bitsLeft: number
  /** Share of films whose decision the counterpart keeps. */
  readonly decisionKept: number
  /** Median |p(x) − p(x̃)|. */
  readonly probabilityMoved: number
}

/** What instant counterparts of held-out films keep and cost. */
export function simplifierFigures(
  parts: {
    readonly net: SimplifierNet
    readonly params: Params
    readonly classifier: ReadyClassifier
    readonly flow: PreparedFlow
  },
  films: readonly TrainingFilm[],
): SimplifierFigures {
  const { classifier, flow } = parts
  const network = auditedClassifier(classifier.net, classifier.frozen, classifier.file)
  const pixels = MODEL_SIZE ** 2
  const rows = films.map((film) => {
    const x = toPictures(toModelInput(film), MODEL_SIZE, { start: 0, length: 1 })
    const own = reportedBits(flow, x, { draws: DRAWS })
    own.map.dispose()
    const logit = tf.tidy(() => network.run(x).logits.dataSync()[0] ?? NaN)
    const found = instantCounterpart({ ...parts, network }, x, DRAWS)
    x.dispose()
    return { filmBpd: (own.bits[0] ?? NaN) / pixels, bpd: found.bits / pixels, logit, simpleLogit: found.logit }
  })
  const medianOf = (figure: (row: (typeof rows)[number]) => number) => median(rows, figure) ?? NaN
  const kept = rows.filter(({ logit, simpleLogit }) => sameSide(logit, simpleLogit, network.boundary))
  return {
    films: rows.length,
    bpd: { film: medianOf((row) => row.filmBpd), counterpart: medianOf((row) => row.bpd) },
    bitsLeft: medianOf((row) => row.bpd / row.filmBpd),
    decisionKept: kept.length / rows.length,
    probabilityMoved: medianOf((row) => Math.abs(probabilityOf(row.logit) - probabilityOf(row.simpleLogit))),
  }
}
