import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-node-gpu'
import { beforeAll, describe, expect, it } from 'vitest'
import { ownPlan, loadOwnModel } from '../../../main/adapters/compute/own'
import { ownNetwork, type OwnModel } from '../../../main/engine/own'
import { seededRng } from '../../../main/engine/rng'
import { handMadeGraph, loadedFrom, nestedModel, savedFiles, SIDE } from '../../support/ownModels'

type Files = Awaited<ReturnType<typeof savedFiles>>
const random = (count: number, channels: number) =>
  tf.tensor4d(seededRng(count).uniformArray(count * SIDE * SIDE * channels), [count, SIDE, SIDE, channels])
const largest = (a: tf.Tensor, b: tf.Tensor) => Math.max(...tf.abs(tf.sub(a, b)).dataSync())

/** The gradient at a layer's entrance equals the finite difference of an offset there. */
function expectOffsets(model: OwnModel, x: tf.Tensor4D, place: number): void {
  const entering = tf.tidy(() => tf.clone(model.run(x).inputs[place] ?? x))
  const at = (offset: tf.Tensor) => {
    const offsets = Array.from({ length: place + 1 }, (_, i) => (i === place ? offset : undefined))
    return tf.sum(model.run(x, offsets).output)
  }
  const gradient = tf.grad(at)(tf.zerosLike(entering))
  const along = tf.tensor(seededRng(9).normalArray(entering.size), entering.shape)
  const [up = NaN, down = NaN] = [0.001, -0.001].map((step) => at(tf.mul(along, step)).dataSync()[0])
  const slope = tf.sum(tf.mul(gradient, along)).dataSync()[0] ?? NaN
  expect(slope).not.toBe(0)
  expect(Math.abs((up - down) / 0.002 / slope - 1)).toBeLessThan(0.1)
}

describe('a Layers model', () => {
  let model: tf.LayersModel
  let files: Files
  beforeAll(async () => {
    model = nestedModel()
    files = await savedFiles(model)
  })

  it('answers as it does without us, says what enters its kernels, nested ones too', async () => {
    const own = await loadOwnModel(loadedFrom(files))
    const x = random(3, 3)
    expect(largest(own.run(x).output, model.predict(x) as tf.Tensor)).toBeLessThan(1e-5)
    expect(own.layers.map(({ parameters }) => parameters)).toEqual([3 * 3 * 3 * 4 + 4, 3 * 3 * 4 + 4, 4 + 1])
    expect(own.run(x).inputs.map(({ shape }) => shape[3] ?? shape[1])).toEqual([3, 4, 4])
    expect(largest(own.run(x).inputs[0] ?? x, tf.zerosLike(x))).toBeGreaterThan(0)
    for (const place of [0, 1, 2]) expectOffsets(own, x, place)
  })
  it('leaves no tensors behind, whether run, differentiated or broken off', async () => {
    const own = await loadOwnModel(loadedFrom(files))
    const x = random(2, 3)
    const before = tf.memory().numTensors
    tf.tidy(() => own.run(x).output).dispose()
    tf.grad((each) => tf.sum(own.run(each as tf.Tensor4D).output))(x).dispose()
    expect(tf.memory().numTensors).toBe(before)
    expect(() => tf.tidy(() => own.run(random(1, 1)).output)).toThrow()
    expect(tf.memory().numTensors).toBeLessThanOrEqual(before)
  })
  it('is one network for an audit: film in, calibrated log-odds out', async () => {
    const loaded = loadedFrom(files, { calibration: { temperature: 2, bias: 0.5 } })
    const network = ownNetwork(await loadOwnModel(loaded), ownPlan(loaded.manifest))
    const film = tf.tensor4d(seededRng(3).uniformArray(SIDE * SIDE), [1, SIDE, SIDE, 1])
    const expected = (model.predict(tf.tile(film, [1, 1, 1, 3])) as tf.Tensor).dataSync()[0] ?? NaN
    expect(network.run(film).logits.dataSync()[0]).toBeCloseTo(expected / 2 + 0.5, 4)
  })

  it.each<[string, (good: Files) => Parameters<typeof loadedFrom>, RegExp]>([
    ['another size', (good) => [good, { input: { height: 24 } }], /\[N, 16, 16, 3\].*says \[N, 24, 16, 3\]/],
    ['one channel', (good) => [good, { input: { channels: 1 } }], /says \[N, 16, 16, 1\]/],
    ['the other layout', (good) => [good, { input: { layout: 'NCHW' } }], /NCHW/],
    ['the other format', (good) => [good, { format: 'tfjs-graph' }], /write “tfjs-layers”/],
    ['two classes of one', (good) => [good, { output: { classes: ['a', 'b'] } }], /1 numbers a picture.*2 classes/],
    ['an output that is not there', (good) => [good, { output: { tensor: 1 } }], /no output 1/],
    [
      'a shard that is not listed',
      (good) => [{ 'model.json': good['model.json'] ?? new Uint8Array() }],
      /needs w\.bin/,
    ],
    [
      'a shard that is too short',
      (good) => [{ ...good, 'w.bin': (good['w.bin'] ?? new Uint8Array()).slice(4) }],
      /bytes of weights/,
    ],
    [
      'a model.json that is none',
      (good) => [{ ...good, 'model.json': Uint8Array.from(Buffer.from('{"a":1}')) }],
      /no TensorFlow\.js model/,
    ],
    [
      'a model.json that is no JSON',
      (good) => [{ ...good, 'model.json': Uint8Array.from(Buffer.from('nonsense')) }],
      /not valid JSON/,
    ],
  ])('refuses %s, by name and reason', async (_, broken, reason) => {
    const loading = loadOwnModel(loadedFrom(...broken(files)))
    await expect(loading).rejects.toMatchObject({ code: 'MODEL_CORRUPT', message: expect.stringMatching(reason) })
    await expect(loading).rejects.toThrow('The classifier nested was refused')
  })
  it('refuses an unknown layer', async () => {
    const json = Buffer.from(files['model.json'] ?? [])
      .toString()
      .replace('"DepthwiseConv2D"', '"MagicConv2D"')
    const loading = loadOwnModel(loadedFrom({ ...files, 'model.json': Uint8Array.from(Buffer.from(json)) }))
    await expect(loading).rejects.toThrow('MagicConv2D')
  })
})

describe('a Graph model', () => {
  const changes = { format: 'tfjs-graph', input: { channels: 1 } } as const

  it('answers as it does by hand, and says what enters its kernels', async () => {
    const own = await loadOwnModel(loadedFrom(handMadeGraph(), changes))
    const x = random(2, 1)
    const kernel = tf.fill([3, 3, 1, 1], 1 / 9) as tf.Tensor4D
    const byHand = tf.add(tf.mul(tf.mean(tf.conv2d(x, kernel, 1, 'same'), [1, 2]), 2), 1)
    expect(largest(own.run(x).output, byHand)).toBeLessThan(1e-5)
    expect(own.layers).toEqual([
      { name: 'conv', parameters: 9 },
      { name: 'dense', parameters: 1 },
    ])
    expect(largest(own.run(x).inputs[0] ?? byHand, x)).toBe(0)
    for (const place of [0, 1]) expectOffsets(own, x, place)
  })
  it('refuses an operation that TensorFlow.js does not have', async () => {
    const files = handMadeGraph()
    const json = Buffer.from(files['model.json'] ?? [])
      .toString()
      .replace('"op":"Mean"', '"op":"Median"')
    const loading = loadOwnModel(loadedFrom({ ...files, 'model.json': Uint8Array.from(Buffer.from(json)) }, changes))
    await expect(loading).rejects.toMatchObject({ code: 'MODEL_CORRUPT', message: expect.stringContaining('Median') })
  })
})
