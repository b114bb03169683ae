import * as tf from '@tensorflow/tfjs-core'
import type { PreparedFlow } from '../flow'
import { cosineRate } from '../optim'
import { seededRng, type Rng } from '../rng'
import { disposeParams, EAGER, type Compiler, type Params } from '../tensor'
import { compiledCondensing, type CompiledCondensing } from './compiled'
import { classPictures, drawNoise, matchAll } from './matchAll'
import { trainedOn } from './netTraining'
import type { CondenseNet } from './net'
import { lossWeights } from './objective'
import type { RealPictures } from './realPictures'
import type { CondenseSettings } from './settings'
import { disposeCondenseState, firstCondenseState, nextCondenseState, type CondenseState } from './state'
import { picturesOf, startingAlpha, syntheticShape, toAlpha } from './synthetic'

/** What is condensed, and under which models. */
interface CondenseQuestion {
  readonly net: CondenseNet
  readonly settings: CondenseSettings
  readonly real: RealPictures
  /** Prices the pictures; it stays the caller's. Without one no bits are reported, and none can be pressed on. */
  readonly flow: PreparedFlow | null
  /** Runs what each iteration computes, operation by operation where absent; holds on to `net` until `release`d of it. */
  readonly compiler?: Compiler
}

/** Means over the outer steps of one iteration. */
export interface CondenseReport {
  /** Iterations done, this one included. */
  readonly iteration: number
  /** Σ over classes of the matching distance. */
  readonly distance: number
  /** Mean bits per dimension of the synthetic pictures under noise; null without a flow. */
  readonly bpd: number | null
  readonly loss: number
  readonly seconds: number
  /** Outer steps left out because their gradient was not finite, since the start. */
  readonly skipped: number
}

type StepFigures = Pick<CondenseReport, 'distance' | 'bpd' | 'loss'>

/**
 * Condensation with the bit loss (Zhao, Mopuri & Bilen 2021; Schirrmeister et al. 2022): learns a few pictures a class
 * whose weight gradients, on fresh networks, are those of real pictures, at few bits. Each iteration draws all its chance
 * from the seed and its own number, so that a resumed run equals an uninterrupted one.
 */
export class Condenser {
  private current: CondenseState
  private readonly shape: [number, number, number, number]
  private readonly compiled: CompiledCondensing

  /** @throws RangeError where bits are to be pressed on without a flow, or the flow is one for other pictures */
  constructor(private readonly question: CondenseQuestion) {
    const { net, settings, real, flow } = question
    if (!flow && settings.bitsWeight > 0) throw new RangeError('A weight on bits needs a flow')
    if (flow && (flow.config.size !== net.config.size || flow.config.channels !== net.config.channels))
      throw new RangeError('Flow and network are for pictures of different sizes')
    this.compiled = compiledCondensing(net, question.compiler ?? EAGER)
    this.shape = syntheticShape(net.config, settings.perClass)
    const rng = seededRng(settings.seed).fork('start')
    this.current = firstCondenseState(startingAlpha(net.config, settings, { real, rng }))
  }

  get state(): CondenseState {
    return this.current
  }

  /** Goes on from a checkpoint; takes over its tensors. */
  restore(state: CondenseState): void {
    disposeCondenseState(this.current)
    this.current = state
  }

  /**
   * One fresh network: `outerSteps` matching steps, the network trained on the synthetic pictures between them.
   *
   * @param pause awaited behind every class of an outer step, so that a long iteration can give way
   */
  async iterate(pause: () => Promise<void> = () => Promise.resolve()): Promise<CondenseReport> {
    const { net, settings } = this.question
    const startedAt = tf.util.now()
    const rng = seededRng(settings.seed).fork(`iteration ${this.current.iteration}`)
    let params = net.init(rng)
    const steps: StepFigures[] = []
    for (let outer = 0; outer < settings.outerSteps; outer++) {
      if (outer > 0) params = this.trainNetwork(params, rng)
      steps.push(await this.matchingStep(params, { rng, pause }))
    }
    disposeParams(params)
    this.current = { ...this.current, iteration: this.current.iteration + 1 }
    const mean = (of: (step: StepFigures) => number) => steps.reduce((sum, step) => sum + of(step), 0) / steps.length
    return {
      iteration: this.current.iteration,
      distance: mean((step) => step.distance),
      bpd: this.question.flow ? mean((step) => step.bpd ?? NaN) : null,
      loss: mean((step) => step.loss),
      seconds: (tf.util.now() - startedAt) / 1000,
      skipped: this.current.skipped,
    }
  }

  /** The synthetic pictures, 8-bit valued in [0, 1], [classes · perClass, H, W, C], those of class 0 first. */
  pictures(): tf.Tensor4D {
    return picturesOf(this.current.alpha, this.shape)
  }

  /** Class of each of `pictures`. */
  labels(): number[] {
    return Array.from({ length: this.shape[0] }, (_, i) => Math.floor(i / this.question.settings.perClass))
  }

  dispose(): void {
    disposeCondenseState(this.current)
  }

  private trainNetwork(params: Params, rng: Rng): Params {
    const { net, settings, compiler = EAGER } = this.question
    const x = this.pictures()
    const next = trainedOn(net, params, {
      x,
      labels: this.labels(),
      noise: drawNoise(this.shape, rng),
      training: { ...settings.network, steps: settings.innerSteps },
      compiler,
    })
    x.dispose()
    disposeParams(params)
    return next
  }

  private async matchingStep(
    params: Params,
    { rng, pause }: { rng: Rng; pause: () => Promise<void> },
  ): Promise<StepFigures> {
    const { net, settings, flow, real } = this.question
    const { compiled } = this
    const x = this.pictures()
    const noise = drawNoise(this.shape, rng)
    const weights = lossWeights(settings.bitsWeight, net.config.classes)
    const classes = classPictures(x, noise, settings.perClass)
    const match = await matchAll({ compiled, settings, real }, params, { classes, rng, pause })
    const pressed = flow && weights.bpd > 0 ? compiled.bpdGradient(flow, x, noise) : null
    const price = pressed ? pressed.value : flow ? compiled.meanBpd(flow, x, noise) : null
    const gradient = tf.tidy(() => {
      const pulled = tf.mul(match.gradient, weights.match) as tf.Tensor4D
      const all = pressed ? tf.add<tf.Tensor4D>(pulled, tf.mul(pressed.gradient, weights.bpd)) : pulled
      return toAlpha(this.current.alpha, all)
    })
    const bpd = price ? (price.dataSync()[0] ?? NaN) : null
    const schedule = { ...settings.pictures, warmUp: 0, steps: settings.iterations }
    const rate = cosineRate(schedule, this.current.iteration)
    this.current = nextCondenseState(this.current, gradient, { ...settings.pictures, rate })
    tf.dispose([x, noise, match.gradient, gradient])
    tf.dispose(pressed ? [pressed.value, pressed.gradient] : price ? [price] : [])
    return { distance: match.distance, bpd, loss: weights.match * match.distance + weights.bpd * (bpd ?? 0) }
  }
}
