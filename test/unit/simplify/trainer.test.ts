import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { createGraphCompiler } from '../../../main/adapters/compute/graph'
import { bitsAndMap, type PreparedFlow, disposeFlow } from '../../../main/engine/flow'
import { learned, type Simplification } from '../../../main/engine/simplify'
import type { JointState } from '../../../main/engine/simplify/trainer'
import { disposeParams, roundToLevels } from '../../../main/engine/tensor'
import { disposeBatch, halvesBatch, halvesTraining, SIDE } from '../../support/halvesTask'

const QUICK = { classifierRate: 1e-2, simplifierRate: 2e-2, tau: 0.3, lambda: 4, originalWeight: 2 }
const AS_THEY_ARE: Simplification = { name: 'as they are', simplify: roundToLevels }

/** Mean bits of the right half of simplified pictures; `blank`: of pictures whose right half is mid grey. */
function bitsOnTheRight(flow: PreparedFlow, simplification: Simplification): { bits: number; blank: number } {
  const batch = halvesBatch(9)
  const figures = tf.tidy(() => {
    const simple = simplification.simplify(batch.x)
    const left = tf.slice(simple, [0, 0, 0, 0], [-1, -1, SIDE / 2, -1])
    const blank = tf.concat([left, tf.fill(left.shape, 128 / 255)], 2) as tf.Tensor4D
    const right = (x: tf.Tensor4D) => tf.sum(tf.split(bitsAndMap(flow, x, batch.noise).map, 2, 2)[1] ?? x, [1, 2])
    return { bits: tf.mean(right(simple)).dataSync()[0], blank: tf.mean(right(blank)).dataSync()[0] }
  })
  disposeBatch(batch)
  return { bits: figures.bits ?? NaN, blank: figures.blank ?? NaN }
}

function run(trainer: ReturnType<typeof halvesTraining>['trainer'], steps: { from: number; to: number }) {
  return Array.from({ length: steps.to - steps.from }, (_, i) => {
    const batch = halvesBatch(100 + steps.from + i)
    const report = trainer.step(batch)
    disposeBatch(batch)
    return report
  })
}

describe('training a simplifier', () => {
  it('takes away the half that carries no label, and keeps the decisions', () => {
    const { trainer, flow, simplifier } = halvesTraining({ ...QUICK, identitySteps: 25, lambdaWarmUp: 10 })
    const waiting = run(trainer, { from: 0, to: 25 })
    expect(waiting.every(({ phase, simplifierMoved }) => phase === 'classifier' && !simplifierMoved)).toBe(true)
    const joint = run(trainer, { from: 25, to: 80 })
    expect(joint[0]).toMatchObject({ phase: 'joint', lambda: 0.4, simplifierMoved: true, classifierMoved: true })
    expect(joint.at(-1)?.lambda).toBe(4)
    const params = trainer.simplifierParams()
    const before = bitsOnTheRight(flow, AS_THEY_ARE)
    const after = bitsOnTheRight(flow, learned(simplifier, params))
    expect((after.bits - after.blank) / (before.bits - before.blank)).toBeLessThan(0.4)
    for (const { accuracySimplified, accuracyOriginal } of joint.slice(-10)) {
      expect(accuracySimplified).toBeGreaterThan(0.9)
      expect(accuracyOriginal).toBeGreaterThan(0.9)
    }
    disposeParams(params)
    trainer.dispose()
    disposeFlow(flow)
  })

  it('takes the same steps as graphs', () => {
    const compiler = createGraphCompiler({ note: (message) => expect.unreachable(message) })
    const settings = { ...QUICK, identitySteps: 2, lambdaWarmUp: 3, averageDecay: 0.9 }
    const [eager, graphs] = [halvesTraining(settings), halvesTraining(settings, compiler)]
    const [expected, found] = [eager, graphs].map(({ trainer }) => run(trainer, { from: 0, to: 6 }))
    expected?.forEach((report, i) => {
      for (const [name, value] of Object.entries(report))
        if (typeof value === 'number' && Number.isFinite(value))
          expect(found?.[i]?.[name as 'lambda'], `${name} of step ${i}`).toBeCloseTo(value, 3)
        else expect(found?.[i]?.[name as 'lambda'], `${name} of step ${i}`).toEqual(value)
    })
    const [a, b] = [eager, graphs].map(({ trainer }) => trainer.state.simplifier)
    expect(b?.step).toBe(a?.step)
    const largest = tf.tidy(() => tf.max(tf.abs(tf.sub(a?.weights ?? 0, b?.weights ?? 1))).dataSync()[0])
    expect(largest).toBeLessThan(2e-3) // a twentieth of what four steps of this rate may move a weight
    for (const { trainer, flow } of [eager, graphs]) {
      trainer.dispose()
      disposeFlow(flow)
    }
    compiler.dispose()
  })

  it('goes on from a saved state as if it had never stopped, and leaves no tensors', () => {
    const settings = { ...QUICK, identitySteps: 2, lambdaWarmUp: 3, averageDecay: 0.9 }
    const before = tf.memory().numTensors
    const straight = halvesTraining(settings)
    run(straight.trainer, { from: 0, to: 4 })
    const saved = copyOf(straight.trainer.state)
    const expected = run(straight.trainer, { from: 4, to: 6 })
    const resumed = halvesTraining(settings)
    resumed.trainer.restore(saved)
    expect(run(resumed.trainer, { from: 4, to: 6 })).toEqual(expected)
    for (const which of ['simplifier', 'classifier'] as const) {
      const [one, other] = [straight.trainer.state[which], resumed.trainer.state[which]]
      expect([...other.weights.dataSync()]).toEqual([...one.weights.dataSync()])
      expect([...other.average.dataSync()]).toEqual([...one.average.dataSync()])
    }
    for (const { trainer, flow } of [straight, resumed]) {
      trainer.dispose()
      disposeFlow(flow)
    }
    expect(tf.memory().numTensors).toBe(before)
  })

  it('skips and counts a step whose gradient is not finite', () => {
    const { trainer, flow } = halvesTraining(QUICK)
    const batch = halvesBatch(3)
    const broken = { ...batch, x: tf.mul(batch.x, NaN) as tf.Tensor4D }
    const weights = [...trainer.state.classifier.weights.dataSync()]
    const before = tf.memory().numTensors
    const report = trainer.step(broken)
    expect(tf.memory().numTensors).toBe(before)
    expect(report).toMatchObject({ classifierMoved: false, simplifierMoved: false })
    expect(trainer.state.classifier).toMatchObject({ step: 1, skipped: 1 })
    expect(trainer.state.simplifier).toMatchObject({ step: 1, skipped: 1 })
    expect([...trainer.state.classifier.weights.dataSync()]).toEqual(weights)
    broken.x.dispose()
    disposeBatch(batch)
    trainer.dispose()
    disposeFlow(flow)
  })
})

function copyOf(state: JointState): JointState {
  const copy = (own: JointState['simplifier']) => ({
    ...own,
    weights: tf.clone(own.weights),
    average: tf.clone(own.average),
    adam: { ...own.adam, first: tf.clone(own.adam.first), second: tf.clone(own.adam.second) },
  })
  return { simplifier: copy(state.simplifier), classifier: copy(state.classifier) }
}
