import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { testOwnModel, type OwnModel, type OwnPlan } from '../../../main/engine/own'
import { seededRng } from '../../../main/engine/rng'

const SIDE = 16
const rng = seededRng(5)
const kernel = tf.variable(tf.tensor4d(rng.normalArray(3 * 3 * 4), [3, 3, 1, 4]))
const head = tf.variable(tf.tensor2d(rng.normalArray(4), [4, 1]))
const labels = Array.from({ length: 6 }, (_, i) => i < 3)
const pictures = tf.tidy(() => {
  const noise = tf.tensor4d(rng.uniformArray(6 * SIDE * SIDE), [6, SIDE, SIDE, 1])
  return tf.mul(noise, tf.reshape(tf.linspace(0.3, 1, 6), [6, 1, 1, 1])) as tf.Tensor4D
})
const plan: OwnPlan = {
  input: { height: SIDE, width: SIDE, channels: 1, layout: 'NHWC', range: [0, 1] },
  output: { kind: 'logits', classes: 1, finding: 0 },
  decision: { threshold: 0.5, calibration: { temperature: 1, bias: 0 } },
}

/** A small sound network, its output changed by `after`. */
function network(after: (logit: tf.Tensor) => tf.Tensor = (logit) => logit): OwnModel {
  return {
    layers: [{ name: 'conv', parameters: 36 }],
    run(x, offsets) {
      const entering = offsets?.[0] ? (tf.add(x, offsets[0]) as tf.Tensor4D) : x
      const features = tf.mean(tf.softplus(tf.conv2d(entering, kernel as tf.Tensor4D, 2, 'same')), [1, 2])
      return { output: after(tf.matMul(features as tf.Tensor2D, head as tf.Tensor2D)), inputs: [entering] }
    },
    dispose: () => undefined,
  }
}

async function tested(model: OwnModel, output: Partial<OwnPlan['output']> = {}) {
  const before = tf.memory().numTensors
  const test = await testOwnModel(model, {
    plan: { ...plan, output: { ...plan.output, ...output } },
    films: { pictures, labels },
    rng: seededRng(1),
    giveWay: () => Promise.resolve(),
  })
  // Where tfjs-core throws amid a backward pass it keeps what it had saved for it.
  if (!test.checks.some(({ sentence }) => sentence.includes('has no gradient')))
    expect(tf.memory().numTensors).toBe(before)
  const status = Object.fromEntries(test.checks.map(({ name, status: each }) => [name, each]))
  const sentences = test.checks.map(({ sentence }) => sentence).join(' ')
  return { ...test, status, sentences }
}

describe('the self-test of an own classifier', () => {
  it('passes a sound one', async () => {
    const { verdict, status, layers } = await tested(network())
    expect(verdict).toBe('audit')
    expect(status).toMatchObject({
      output: 'ok',
      repeat: 'ok',
      company: 'ok',
      films: 'ok',
      gradient: 'ok',
      layers: 'ok',
    })
    expect(layers).toBe(1)
  })
  it('rounding without a gradient: it can be read, not audited', async () => {
    const rounded = await tested(network((logit) => tf.div(tf.round(tf.mul(logit, 100)), 100)))
    expect(rounded.verdict).toBe('read')
    expect(rounded.status['gradient']).toBe('failed')
  })
  it('an operation that TensorFlow.js cannot differentiate is named', async () => {
    const { verdict, sentences } = await tested(network((logit) => tf.topk(logit, 1).values))
    expect(verdict).toBe('read')
    expect(sentences).toContain('TopK')
    expect(sentences).toContain('can be read, but not audited')
  })
  it('a wrong gradient is found by small changes of the picture', async () => {
    const wrong = tf.customGrad((x) => ({ value: tf.mul(x as tf.Tensor, 1), gradFunc: (dy) => tf.mul(dy, 2) }))
    const { verdict, status, sentences } = await tested(network((logit) => wrong(logit)))
    expect([verdict, status['gradient']]).toEqual(['read', 'failed'])
    expect(sentences).toContain('off by 50 %')
  })
  it('saturated probabilities: no audit, and what to do', async () => {
    const sure = await tested(
      network((logit) => tf.sigmoid(tf.mul(logit, 1e4))),
      { kind: 'sigmoid' },
    )
    expect(sure.verdict).not.toBe('audit')
    expect(sure.status['saturation']).toBe('failed')
    expect(sure.sentences).toContain('without its last activation')
  })
  it('numbers beyond 1 are no probabilities', async () => {
    const { verdict, sentences } = await tested(
      network((logit) => tf.add(logit, 3)),
      { kind: 'sigmoid' },
    )
    expect(verdict).toBe('unusable')
    expect(sentences).toContain('Is the output kind “logits”?')
  })
  it('a softmax that does not add up', async () => {
    const two = network((logit) => tf.concat([tf.sigmoid(logit), tf.mul(tf.sigmoid(logit), 0.5)], 1))
    expect((await tested(two, { kind: 'softmax', classes: 2 })).verdict).toBe('unusable')
  })
  it('numbers that are not finite', async () => {
    expect((await tested(network((logit) => tf.div(logit, 0)))).verdict).toBe('unusable')
  })
  it('the same answer for every film', async () => {
    const { verdict, status } = await tested(network((logit) => tf.mul(logit, 0)))
    expect([verdict, status['films']]).toEqual(['unusable', 'failed'])
  })
  it('another answer when asked twice', async () => {
    let calls = 0
    const { verdict, status } = await tested(network((logit) => tf.add(logit, 0.01 * calls++)))
    expect([verdict, status['repeat']]).toEqual(['unusable', 'failed'])
  })
  it('an answer that depends on the films beside it', async () => {
    const centred = network((logit) => tf.sub(logit, tf.mean(logit)))
    const { verdict, status } = await tested(centred)
    expect([verdict, status['company']]).toEqual(['unusable', 'failed'])
  })
  it('the wrong column: films without the finding rank above those with it', async () => {
    const right = await tested(network())
    const wrong = await tested(network((logit) => tf.neg(logit)))
    const warned = [right, wrong].filter(({ status }) => status['labels'] === 'warning')
    expect(warned).toHaveLength(1)
    expect(warned[0]?.sentences).toContain('Does “finding” name the right column')
    expect(warned[0]?.verdict).toBe('audit')
  })
  it('one that lets nobody look into its layers is matched at its input', async () => {
    const sound = network()
    const closed = { ...sound, layers: [], run: (x: tf.Tensor4D) => ({ output: sound.run(x).output, inputs: [] }) }
    const { verdict, status, layers } = await tested(closed)
    expect([verdict, status['layers'], layers]).toEqual(['audit', 'warning', 1])
  })
})
