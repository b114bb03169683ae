import * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../rng'
import { param, type Params } from '../tensor'
import { levelShapes, type FlowConfig, type LevelShape } from './config'
import { initFlow } from './init'

/** What actnorms keep while the others are set from a first batch: their leading channels, by name. */
type KnownChannels = Readonly<Record<string, number>>

export interface GrownFlow {
  /** Fresh tensors, the caller's. */
  readonly params: Params
  /** All but the inner actnorms of what is new; `initialiseActnorms` sets the rest. */
  readonly known: KnownChannels
}

/**
 * A larger flow that computes what a trained one computes, to train on from there (Net2Net, arXiv 1511.05641).
 *
 * Deeper: before a step comes a new one that takes over its mix with the halves swapped, so that its coupling, which starts
 * as the same scaling everywhere, changes the half that the old coupling only looks at; the old step's own mix then merely
 * undoes scaling and swap. Wider: new hidden channels look at everything and are not listened to yet.
 *
 * @param rng draws what is new
 * @throws RangeError where a level would get smaller, or more than twice its steps
 */
export function growFlow(from: FlowConfig, to: FlowConfig, { params, rng }: { params: Params; rng: Rng }): GrownFlow {
  const olds = levelShapes(from)
  const known: Record<string, number> = {}
  const grown = tf.tidy(() => {
    const fresh = initFlow(to, rng)
    const set: Record<string, tf.Tensor> = {}
    for (const [level, shape] of levelShapes(to).entries()) {
      const old = olds[level]
      if (!old || old.size !== shape.size || old.channels !== shape.channels || from.coupling !== to.coupling)
        throw new RangeError('A flow grows in steps and hidden channels alone')
      const prefixOf = (step: number) => `level${level}.step${step}`
      let place = 0
      for (const [step, doubled] of doubledSteps(old, shape).entries()) {
        const source = stepOf(params, prefixOf(step))
        if (doubled) {
          const added = stepOf(fresh, prefixOf(place))
          Object.assign(set, named(prefixOf(place++), { ...added, ...swappedMix(source) }))
          Object.assign(source, undoing(shape.channels, from.coupling === 'affine'))
        }
        const name = prefixOf(place++)
        Object.assign(set, named(name, widened(source, stepOf(fresh, name), old.hidden)))
        for (const actnorm of ['actnorm1', 'actnorm2']) known[`${name}.coupling.${actnorm}`] = old.hidden
      }
      for (let step = 0; step < shape.steps; step++) known[`${prefixOf(step)}.actnorm`] = shape.channels
      for (const part of ['bias', 'logs']) {
        const name = `level${level}.prior.actnorm.${part}`
        set[name] = param(params, name)
      }
      known[`level${level}.prior.actnorm`] = shape.toPrior
    }
    return Object.fromEntries(Object.entries(set).map(([name, tensor]) => [name, tf.clone(tensor)]))
  })
  return { params: grown, known }
}

/** Which of a level's steps get a new one before them: spread evenly. */
function doubledSteps(old: LevelShape, shape: LevelShape): boolean[] {
  const extra = shape.steps - old.steps
  if (extra < 0 || extra > old.steps || shape.hidden < old.hidden)
    throw new RangeError(
      `A level of ${old.steps} steps cannot grow to ${shape.steps}, or ${old.hidden} channels to ${shape.hidden}`,
    )
  return Array.from(
    { length: old.steps },
    (_, k) => Math.floor(((k + 1) * extra) / old.steps) > Math.floor((k * extra) / old.steps),
  )
}

type Step = Record<string, tf.Tensor>

/** The weights of one step, by their names within it. */
function stepOf(params: Params, prefix: string): Step {
  const start = `${prefix}.`
  return Object.fromEntries(
    Object.entries(params)
      .filter(([name]) => name.startsWith(start))
      .map(([name, tensor]) => [name.slice(start.length), tensor]),
  )
}

const named = (prefix: string, step: Step): Step =>
  Object.fromEntries(Object.entries(step).map(([name, tensor]) => [`${prefix}.${name}`, tensor]))

/** Rows that exchange the two halves of `channels`; its own inverse. */
function swap(channels: number): tf.Tensor2D {
  const [first, second] = tf.split(tf.eye(channels), 2, 0) as [tf.Tensor2D, tf.Tensor2D]
  return tf.concat([second, first], 0)
}

/** Actnorm and 1×1 convolution of a step, its outputs' halves exchanged. */
function swappedMix(step: Step): Step {
  const p = param(step, 'conv1x1.p') as tf.Tensor2D
  const mix = Object.fromEntries(Object.entries(step).filter(([name]) => !name.startsWith('coupling.')))
  return { ...mix, 'conv1x1.p': tf.matMul(swap(p.shape[0]), p) }
}

/** The mix that undoes what a coupling of zero weights did (sigmoid(2) on the second half), and the exchange of halves. */
function undoing(channels: number, affine: boolean): Step {
  const half = channels / 2
  const logs = affine ? Math.log1p(Math.exp(-2)) : 0
  return {
    'actnorm.bias': tf.zeros([channels]),
    'actnorm.logs': tf.concat1d([tf.zeros([half]), tf.fill([half], logs)]),
    'conv1x1.p': swap(channels),
    'conv1x1.l': tf.zeros([channels, channels]),
    'conv1x1.u': tf.zeros([channels, channels]),
    'conv1x1.sign_s': tf.ones([channels]),
    'conv1x1.log_s': tf.zeros([channels]),
  }
}

/** A step with more hidden channels: the old ones hear the old ones only, and nothing listens to the new ones. */
function widened(step: Step, fresh: Step, hidden: number): Step {
  const wider = { ...step }
  const old = (name: string) => param(step, `coupling.${name}`)
  const beside = (name: string) => {
    const tensor = param(fresh, `coupling.${name}`)
    const begin = tensor.shape.map((_, axis) => (axis === tensor.rank - 1 ? hidden : 0))
    return tf.slice(tensor, begin)
  }
  const second = old('conv2.weight')
  const deaf = tf.zeros([1, 1, (param(fresh, 'coupling.conv2.weight').shape[2] ?? hidden) - hidden, hidden])
  const third = old('conv3.weight')
  const unheard = tf.zeros([3, 3, deaf.shape[2] ?? 0, third.shape[3] ?? 0])
  wider['coupling.conv1.weight'] = tf.concat([old('conv1.weight'), beside('conv1.weight')], 3)
  wider['coupling.conv2.weight'] = tf.concat([tf.concat([second, deaf], 2), beside('conv2.weight')], 3)
  wider['coupling.conv3.weight'] = tf.concat([third, unheard], 2)
  for (const actnorm of ['actnorm1', 'actnorm2'])
    for (const part of ['bias', 'logs'])
      wider[`coupling.${actnorm}.${part}`] = tf.concat([old(`${actnorm}.${part}`), beside(`${actnorm}.${part}`)], 0)
  return wider
}
