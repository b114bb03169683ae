import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createGraphCompiler } from '../../../main/adapters/compute/graph'
import { disagreement } from '../../../main/adapters/compute/graph/agreement'
import { ProtobufWriter } from '../../../main/adapters/compute/graph/protobuf'
import type { Compiler } from '../../../main/engine/tensor'

const model = {}
let notes: string[]
let compiler: Compiler

beforeAll(() => tf.ready())
beforeEach(() => {
  notes = []
  compiler = createGraphCompiler({ note: (message) => notes.push(message) })
})
afterEach(() => compiler.dispose())

const native = () => tf.backend() as unknown as { getNumOfSavedModels(): number; getNumOfTFTensors(): number }
const run = <I extends tf.Tensor[]>(fn: (...inputs: I) => tf.Tensor, ...inputs: I): number[] =>
  tf.tidy(() => {
    const [found] = compiler.run({ models: [model], name: 'it' }, (...given: I): [tf.Tensor] => [fn(...given)], inputs)
    return [...found.dataSync()]
  })
const vector = (...values: number[]) => tf.tensor1d(values)

describe('what becomes a graph', () => {
  it('runs the function itself once a set of shapes', () => {
    let calls = 0
    const twice = (x: tf.Tensor) => {
      calls++
      return tf.mul(x, 2)
    }
    expect(run(twice, vector(1, 2))).toEqual([2, 4])
    expect(run(twice, vector(3, 4))).toEqual([6, 8])
    expect(calls).toBe(1)
    expect(run(twice, vector(1, 2, 3))).toEqual([2, 4, 6])
    expect(run(twice, vector(4, 5, 6))).toEqual([8, 10, 12])
    expect(calls).toBe(2)
    expect(notes).toEqual([])
  })

  it('tells inputs apart that were one tensor at the first call', () => {
    const same = vector(1, 2)
    const minus = (a: tf.Tensor, b: tf.Tensor) => tf.sub(a, b)
    expect(run(minus, same, same)).toEqual([0, 0])
    expect(run(minus, vector(5, 5), vector(1, 2))).toEqual([4, 3])
    expect(notes).toEqual([])
  })

  it('gives back inputs and constants, reshaped or not', () => {
    const fixed = vector(7)
    const fns = [(x: tf.Tensor) => x, (x: tf.Tensor) => tf.reshape(tf.clone(x), [2, 1]), () => fixed]
    fns.forEach((fn, i) => {
      const of = { models: [model], name: `function ${i}` }
      const given = (x: tf.Tensor): [tf.Tensor] => [fn(x)]
      const shapes = [vector(1, 2), vector(3, 4)].map((x) => {
        const [found] = compiler.run(of, given, [x])
        return [found.shape, [...found.dataSync()]]
      })
      expect(shapes).toEqual(
        [
          [1, 2],
          [3, 4],
        ].map((values) => (i === 2 ? [[1], [7]] : [i === 1 ? [2, 1] : [2], values])),
      )
    })
    expect(notes).toEqual([])
  })

  it('differentiates inside, and leaves differentiation from outside to TensorFlow.js', () => {
    const cube = (x: tf.Tensor) => tf.grad((v: tf.Tensor) => tf.sum(tf.pow(v, 3)))(x)
    expect(run(cube, vector(1, 2))).toEqual([3, 12])
    expect(run(cube, vector(3, 4))).toEqual([27, 48])
    const square = (x: tf.Tensor): [tf.Tensor] => [tf.square(x)]
    const of = { models: [model], name: 'square' }
    const slope = tf.grad((x: tf.Tensor) => tf.sum(compiler.run(of, square, [x])[0]))(vector(3))
    expect([...slope.dataSync()]).toEqual([6])
    expect(notes).toEqual([])
  })
})

describe('what stays eager, and says so', () => {
  const refused: readonly [string, (x: tf.Tensor) => tf.Tensor, RegExp][] = [
    ['a branch on a value', (x) => ((x.dataSync()[0] ?? NaN) > 2 ? tf.neg(x) : x), /reads a value/],
    ['a branch on a computed value', (x) => (tf.sum(x).arraySync() === 3 ? x : tf.neg(x)), /reads a value/],
    ['a draw', (x) => tf.add(x, tf.mul(tf.multinomial(vector(0.5, 0.5), 2, 1), 0)), /each call/],
  ]
  it.each(refused)('%s', (_, fn, why) => {
    const expected = [vector(1, 2), vector(3, 4)].map((x) => [...fn(x).dataSync()])
    expect([vector(1, 2), vector(3, 4)].map((x) => run(fn, x))).toEqual(expected)
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatch(why)
    expect(native().getNumOfSavedModels()).toBe(0)
    expect(compiler.describe()).toBe('graphs, but eager: it')
  })

  it('everything, where no folder can be written', () => {
    const kept = process.env['TMPDIR']
    process.env['TMPDIR'] = '/nowhere/at/all'
    try {
      expect(run((x) => tf.neg(x), vector(1))).toEqual([-1])
      expect(run((x) => tf.neg(x), vector(2))).toEqual([-2])
    } finally {
      if (kept === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = kept
    }
    expect(notes).toHaveLength(1)
  })

  it('an error of the function is its caller’s', () => {
    expect(() => run((x) => tf.matMul(x as tf.Tensor, vector(1)), vector(1))).toThrow(/ndims/)
    expect(run((x) => tf.neg(x), vector(1))).toEqual([-1])
    expect(notes).toEqual([])
    expect(compiler.describe()).toBe('graphs')
  })

  it('a graph that gives something else', () => {
    expect(disagreement([vector(1, 2)], [vector(1, 2.0001)])).toBeNull()
    expect(disagreement([vector(0, NaN)], [vector(0, NaN)])).toBeNull()
    expect(disagreement([vector(0, 0)], [vector(1e-12, 0)])).toBeNull()
    expect(disagreement([vector(0, 0)], [vector(1e-3, 0)])).toMatch(/output 0 lies/)
    expect(disagreement([vector(1, 2)], [vector(2, 1)])).toMatch(/output 0 lies/)
    expect(disagreement([vector(1, 2)], [vector(1, NaN)])).toMatch(/output 0 lies/)
    expect(disagreement([vector(1, 2)], [tf.reshape(vector(1, 2), [2, 1])])).toMatch(/shape/)
  })
})

describe('what is left behind', () => {
  it('nothing of a hundred graphs: no tensor, session or folder', () => {
    const kept = process.env['TMPDIR']
    const folder = mkdtempSync(join(tmpdir(), 'graphs-'))
    process.env['TMPDIR'] = folder
    const before = [tf.memory().numTensors, native().getNumOfTFTensors(), native().getNumOfSavedModels()]
    try {
      for (let i = 0; i < 100; i++) {
        const weights = { kernel: tf.fill([64, 64], i) }
        const times = (x: tf.Tensor): [tf.Tensor] => [tf.matMul(x as tf.Tensor2D, weights.kernel as tf.Tensor2D)]
        tf.tidy(() => {
          const x = tf.ones([1, 64])
          const [first] = compiler.run({ models: [weights], name: 'times' }, times, [x])
          const [second] = compiler.run({ models: [weights], name: 'times' }, times, [x])
          expect([first.dataSync()[0], second.dataSync()[63]]).toEqual([64 * i, 64 * i])
        })
        if (i % 2) compiler.release(weights)
        weights.kernel.dispose()
      }
      expect(native().getNumOfSavedModels()).toBeLessThanOrEqual(24)
      expect(readdirSync(folder)).toEqual([])
    } finally {
      process.env['TMPDIR'] = kept ?? tmpdir()
      rmSync(folder, { recursive: true })
    }
    compiler.dispose()
    expect([tf.memory().numTensors, native().getNumOfTFTensors(), native().getNumOfSavedModels()]).toEqual(before)
    expect(notes).toEqual([])
  })
})

describe('protocol buffers', () => {
  it('as their specification writes them', () => {
    const bytes = new ProtobufWriter()
      .varint(1, 150)
      .varint(2, -1)
      .float(3, 1)
      .text(4, 'testing')
      .message(5, (inner) => inner.varint(1, 2 ** 40))
      .bytes(6, new Uint8Array(5000).fill(7))
      .finish()
    const [ten, text] = [[...Array<number>(9).fill(0xff), 1], [...Buffer.from('testing')]]
    expect([...Buffer.concat(bytes)]).toEqual([
      ...[0x08, 0x96, 0x01],
      ...[0x10, ...ten],
      ...[0x1d, 0, 0, 0x80, 0x3f],
      ...[0x22, 7, ...text],
      ...[0x2a, 7, 0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20],
      ...[0x32, 0x88, 0x27, ...Array<number>(5000).fill(7)],
    ])
  })
})
