import * as tf from '@tensorflow/tfjs-core'
import { bits, disposeFlow, importFlow, prepareFlow } from '../flow'
import { disposeParams, EAGER, param, type Params } from '../tensor'
import { checkActivationMatch, type ActivationJson } from './auditActivation'
import { checkGradientMatch, type GradientJson } from './auditGradient'
import { BITS, VALUES } from './auditSet'
import { absoluteDeviation, relativeDeviation, tidied, toNhwc, type GoldenCheck } from './deviation'
import { configOf } from './glow'
import { plainConvNet } from './plainConvNet'

/** Topic `audit`: both matching objectives on the golden sets' small classifier, with bits from their small flow. */
export const checkAudit: GoldenCheck = (tensors, json, compiler = EAGER) => {
  const config = configOf({ config: (json as GradientJson).config.flow })
  const params = importFlow(config, under('flow.', tensors))
  const flow = prepareFlow(config, params)
  const network = plainConvNet(under('clf.', tensors))
  const x = toNhwc(param(tensors, 'x'))
  const simple = toNhwc(param(tensors, 'x_simple'))
  const noise = toNhwc(param(tensors, 'noise'))
  const set = { tensors, network, flow, x, simple, noise, compiler }
  const isGradient = 'kappa' in (json as GradientJson).config
  const found = tidied(() => [
    absoluteDeviation('logits.x', VALUES, [network.run(x).logits, param(tensors, 'logits.x')]),
    absoluteDeviation('logits.x_simple', VALUES, [network.run(simple).logits, param(tensors, 'logits.x_simple')]),
    relativeDeviation('bits', BITS, [bits(flow, simple, noise), (json as GradientJson).bits]),
    ...(isGradient ? checkGradientMatch(set, json as GradientJson) : checkActivationMatch(set, json as ActivationJson)),
  ])
  compiler.release(flow)
  disposeFlow(flow)
  disposeParams(params)
  disposeParams(network.weights)
  tf.dispose([x, simple, noise])
  return found
}

function under(prefix: string, tensors: Readonly<Record<string, tf.Tensor>>): Params {
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length), tensor]))
}
