import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createGraphCompiler } from '../../../main/adapters/compute/graph'
import { EAGER, type Compiler } from '../../../main/engine/tensor'

const of = { models: [{}], name: 'it' }
let notes: string[]
let compiler: Compiler
let calls: number

beforeAll(() => tf.ready())
beforeEach(() => {
  notes = []
  calls = 0
  compiler = createGraphCompiler({ note: (message) => notes.push(message) })
})
afterEach(() => compiler.dispose())

const native = () => tf.backend() as unknown as { getNumOfSavedModels(): number; getNumOfTFTensors(): number }
const held = () => [tf.memory().numTensors, native().getNumOfTFTensors(), native().getNumOfSavedModels()]
const double = (x: tf.Tensor): [tf.Tensor] => {
  calls++
  return [tf.mul(x, 2)]
}
/** In the library already: a fresh tensor goes there with its first use, and would count as left behind. */
const given = (...values: number[]): [tf.Tensor] => [tf.tidy(() => tf.neg(tf.tensor1d(values.map((value) => -value))))]
const doubled = (...values: number[]) => tf.tidy(() => [...compiler.run(of, double, given(...values))[0].dataSync()])

describe('making a graph ahead', () => {
  it('takes three pieces, and the first call then finds it', () => {
    const inputs = given(1, 2)
    expect(compiler.ready(of, inputs)).toBe(false)
    const before = held()
    const pieces = compiler.prepare(of, double, inputs)
    expect([pieces.next().done, pieces.next().done]).toEqual([false, false])
    expect(compiler.ready(of, inputs)).toBe(false)
    expect(pieces.next().done).toBe(true)
    expect(compiler.ready(of, inputs)).toBe(true)
    expect(held()).toEqual(before.map((count, i) => (i === 2 ? count + 1 : count)))
    expect(doubled(3, 4)).toEqual([6, 8])
    expect([...compiler.prepare(of, double, inputs)]).toEqual([])
    expect([calls, notes]).toEqual([1, []])
    tf.dispose(inputs)
  })

  it.each([1, 2])('stopped after piece %i, leaves nothing behind', (count) => {
    const inputs = given(1, 2)
    const before = held()
    const pieces = compiler.prepare(of, double, inputs)
    for (let i = 0; i < count; i++) pieces.next()
    pieces.return()
    expect(held()).toEqual(before)
    expect(compiler.ready(of, inputs)).toBe(false)
    expect(doubled(3, 4)).toEqual([6, 8])
    tf.dispose(inputs)
  })

  it('is shared: a second one goes on where the first one rests, and outlives it', () => {
    const inputs = given(1, 2)
    const first = compiler.prepare(of, double, inputs)
    first.next()
    const second = compiler.prepare(of, double, inputs)
    second.next()
    first.return()
    tf.dispose(inputs)
    expect(second.next().done).toBe(true)
    expect(doubled(3, 4)).toEqual([6, 8])
    expect(calls).toBe(1)
  })

  it('is finished by a call that needs it', () => {
    const inputs = given(1, 2)
    const pieces = compiler.prepare(of, double, inputs)
    pieces.next()
    expect(doubled(3, 4)).toEqual([6, 8])
    expect([pieces.next().done, calls]).toEqual([true, 1])
    tf.dispose(inputs)
  })

  it('ends with its model', () => {
    const inputs = given(1, 2)
    const before = held()
    const pieces = compiler.prepare(of, double, inputs)
    pieces.next()
    compiler.release(of.models[0] ?? {})
    expect(held()).toEqual(before)
    expect(pieces.next().done).toBe(true)
    tf.dispose(inputs)
  })

  it('of a function that fails or cannot be one is silent; the call says why', () => {
    const inputs = given(1, 2)
    const broken = (x: tf.Tensor): [tf.Tensor] => [tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D)]
    expect([...compiler.prepare({ ...of, name: 'broken' }, broken, inputs)]).toEqual([])
    expect(() => compiler.run({ ...of, name: 'broken' }, broken, inputs)).toThrow(/rank|ndims/)
    const reads = (x: tf.Tensor): [tf.Tensor] => [tf.mul(x, tf.neg(x).dataSync()[0] ?? NaN)]
    expect([...compiler.prepare(of, reads, inputs)]).toEqual([])
    expect(tf.tidy(() => [...compiler.run(of, reads, inputs)[0].dataSync()])).toEqual([-1, -2])
    expect(notes).toHaveLength(1)
    tf.dispose(inputs)
  })

  it('has nothing to do where everything runs eagerly', () => {
    const inputs = given(1)
    expect([...EAGER.prepare(of, double, inputs)]).toEqual([])
    expect(EAGER.ready(of, inputs)).toBe(true)
    tf.dispose(inputs)
  })
})
