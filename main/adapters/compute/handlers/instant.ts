import * as tf from '@tensorflow/tfjs-core'
import { flatLevels, informationAboveFlat, probabilityOf, sameSide } from '../../../engine/audit'
import { reportedBits } from '../../../engine/flow'
import { instantCounterpart } from '../../../engine/instant'
import type { Compiler } from '../../../engine/tensor'
import type { Handler } from '../handler'
import { checkPictures, toPictures } from '../pictures'
import type { ReadyFlow } from '../readyModels'
import { simplifierFor } from '../simplifierFor'

/** An estimate needs no more: it is on screen before the audit measures exactly. */
const DRAWS = 1

/** The instant estimate of one film's counterpart; null where no simplifier was made for these models. */
export const instant: Handler<'instant'> = async (request, { ready, networks, compiler }) => {
  const [flow, classifier] = await Promise.all([ready.flow(request.flow), networks.network(request.model)])
  const simplifier = await simplifierFor({ flow, classifier }, ready)
  if (!simplifier) return null
  const { size } = simplifier.file.config
  checkPictures(request.picture, 1, size)
  const startedAt = performance.now()
  const { network } = classifier
  return tf.tidy(() => {
    const film = toPictures(request.picture, size, { start: 0, length: 1 })
    const found = instantCounterpart({ ...simplifier, flow: flow.flow, network, compiler }, film, DRAWS)
    const bitsOf = (levels: Uint8Array) => bitsOfLevels(flow, levels, { size, compiler })
    const own = { film: bitsOf(request.picture), flat: bitsOf(flatLevels(request.picture)) }
    const filmLogit = network.run(film).logits.dataSync()[0] ?? NaN
    return {
      picture: found.levels,
      map: found.map,
      bits: found.bits,
      bpd: found.bits / size ** 2,
      bitsLeft: found.bits / own.film,
      aboveFlat: informationAboveFlat(found.bits, own),
      probability: probabilityOf(found.logit),
      decisionKept: sameSide(found.logit, filmLogit, network.boundary),
      milliseconds: performance.now() - startedAt,
    }
  })
}

/** One picture after the other: the graph is that of every audit. Call within tf.tidy. */
function bitsOfLevels(
  { flow }: ReadyFlow,
  levels: Uint8Array,
  { size, compiler }: { readonly size: number; readonly compiler: Compiler },
): number {
  const x = toPictures(levels, size, { start: 0, length: 1 })
  return reportedBits(flow, x, { draws: DRAWS, compiler }).bits[0] ?? NaN
}
