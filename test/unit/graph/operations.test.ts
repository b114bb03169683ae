import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createGraphCompiler } from '../../../main/adapters/compute/graph'
import { seededRng } from '../../../main/engine/rng'
import type { Compiler } from '../../../main/engine/tensor'

const notes: string[] = []
let compiler: Compiler
beforeAll(() => tf.ready())
beforeEach(() => {
  notes.length = 0
  compiler = createGraphCompiler({ note: (message) => notes.push(message) })
})
afterEach(() => compiler.dispose())

type Grey = tf.Tensor4D
const kernel = () => tf.tensor4d(seededRng(2).normalArray(72), [3, 3, 2, 4])
const slope = (fn: (x: Grey) => tf.Tensor) => (x: Grey) => tf.grad((v: tf.Tensor) => tf.sum(fn(v as Grey)))(x)
const truth = (x: tf.Tensor) => tf.greater(x, 0)
const number = (x: tf.Tensor) => tf.cast(x, 'float32')
const positive = (x: tf.Tensor) => tf.add(tf.abs(x), 1)

/** Whose outputs have names of their own in a function: a wrong one would keep every function that has it eager. */
const OPERATIONS: Readonly<Record<string, (x: Grey) => tf.Tensor>> = {
  ...{ abs: tf.abs, ceil: tf.ceil, cos: tf.cos, cosh: tf.cosh, elu: tf.elu, erf: tf.erf, exp: tf.exp, expm1: tf.expm1 },
  ...{ floor: tf.floor, neg: tf.neg, onesLike: tf.onesLike, relu: tf.relu, relu6: tf.relu6, round: tf.round },
  ...{ selu: tf.selu, sigmoid: tf.sigmoid, sign: tf.sign, sin: tf.sin, sinh: tf.sinh, softplus: tf.softplus },
  ...{ square: tf.square, tan: tf.tan, tanh: tf.tanh, zerosLike: tf.zerosLike, atan: tf.atan, asinh: tf.asinh },
  sqrt: (x) => tf.sqrt(positive(x)),
  rsqrt: (x) => tf.rsqrt(positive(x)),
  log: (x) => tf.log(positive(x)),
  log1p: (x) => tf.log1p(positive(x)),
  acosh: (x) => tf.acosh(positive(x)),
  reciprocal: (x) => tf.reciprocal(positive(x)),
  logical: (x) => number(tf.logicalNot(tf.logicalOr(truth(x), tf.logicalAnd(truth(x), tf.less(x, 1))))),
  compared: (x) => tf.addN([tf.equal(x, x), tf.notEqual(x, 0), tf.lessEqual(x, 0), tf.greaterEqual(x, 1)].map(number)),
  finite: (x) => number(tf.logicalOr(tf.isFinite(x), tf.logicalOr(tf.isInf(x), tf.isNaN(x)))),
  arithmetic: (x) => tf.add(tf.sub(tf.mul(x, x), tf.div(x, 3)), tf.maximum(x, tf.minimum(x, 0.5))),
  divided: (x) => tf.add(tf.floorDiv(x, 2), tf.add(tf.mod(x, 2), tf.divNoNan(x, x))),
  pow: (x) => tf.pow(positive(x), 2.5),
  squaredDifference: (x) => tf.squaredDifference(x, 0.3),
  atan2: (x) => tf.atan2(x, positive(x)),
  where: (x) => tf.where(truth(x), x, tf.zerosLike(x)),
  reduced: (x) => tf.stack([tf.sum(x), tf.mean(x), tf.max(x), tf.min(x), tf.prod(x)]),
  all: (x) => number(tf.logicalOr(tf.all(truth(x), 1), tf.any(truth(x), 1))),
  argMax: (x) => number(tf.add(tf.argMax(x, 1), tf.argMin(x, 1))),
  cumsum: (x) => tf.cumsum(x, 1),
  conv2d: (x) => tf.conv2d(x, kernel(), 1, 'same'),
  conv2dSlope: slope((x) => tf.square(tf.conv2d(x, kernel(), 2, 'same'))),
  kernelSlope: (x) => tf.grad((w: tf.Tensor) => tf.sum(tf.square(tf.conv2d(x, w as Grey, 1, 'same'))))(kernel()),
  depthwise: (x) => tf.depthwiseConv2d(x, kernel(), 1, 'same'),
  depthwiseSlope: slope((x) => tf.square(tf.depthwiseConv2d(x, kernel(), 1, 'same'))),
  maxPool: slope((x) => tf.square(tf.maxPool(x, 2, 2, 'same'))),
  avgPool: slope((x) => tf.square(tf.avgPool(x, 2, 2, 'same'))),
  batchNorm: (x) => tf.batchNorm(x, tf.tensor1d([0, 1]), tf.tensor1d([1, 2]), tf.tensor1d([1, 2]), tf.tensor1d([3, 4])),
  matMul: (x) => tf.matMul(tf.reshape(x, [4, 8]), tf.reshape(x, [8, 4])),
  softmax: (x) => tf.add(tf.softmax(x), tf.logSoftmax(x)),
  resized: slope((x) => tf.square(tf.image.resizeBilinear(x, [8, 8]))),
  nearest: slope((x) => tf.square(tf.image.resizeNearestNeighbor(x, [8, 8]))),
  shaped: (x) => tf.squeeze(tf.expandDims(tf.transpose(tf.reverse(tf.tile(x, [1, 2, 1, 1]), 1), [0, 2, 1, 3]), 0)),
  cut: (x) =>
    tf.concat(
      [tf.slice(x, [0, 1, 0, 0], [1, 2, 4, 2]), tf.stridedSlice(x, [0, 0, 0, 0], [1, 4, 4, 2], [1, 2, 1, 1])],
      1,
    ),
  pieces: (x) =>
    tf.concat([...tf.split(x, 2, 3), ...tf.split(x, [1, 3], 1).map((p) => tf.reshape(p, [1, 4, -1, 1]))], 2),
  stacked: (x) => tf.stack(tf.unstack(x, 3)),
  padded: (x) =>
    tf.add(
      tf.pad(
        x,
        [
          [0, 0],
          [1, 1],
          [1, 1],
          [0, 0],
        ],
        2,
      ),
      tf.mirrorPad(
        x,
        [
          [0, 0],
          [1, 1],
          [1, 1],
          [0, 0],
        ],
        'reflect',
      ),
    ),
  gathered: (x) => tf.gather(x, tf.tensor1d([1, 0, 1], 'int32'), 1),
  gatherNd: (x) =>
    tf.gatherND(
      x,
      tf.tensor2d(
        [
          [0, 1],
          [0, 3],
        ],
        [2, 2],
        'int32',
      ),
    ),
  gatherSlope: slope((x) => tf.square(tf.gather(x, tf.tensor1d([1, 0, 1], 'int32'), 1))),
  oneHot: (x) => number(tf.oneHot(tf.cast(tf.abs(tf.reshape(x, [-1])), 'int32') as tf.Tensor1D, 4)),
  spread: (x) => tf.broadcastTo(tf.slice(x, [0, 0, 0, 0], [1, 4, 4, 1]), [3, 4, 4, 1]),
  toDepth: (x) => tf.depthToSpace(tf.concat([x, x], 3), 2),
  toBatch: (x) =>
    tf.batchToSpaceND(
      tf.spaceToBatchND(
        x,
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  einsum: (x) => tf.einsum('nijc,nkjc->nik', x, x),
  leaky: slope((x) => tf.square(tf.leakyRelu(x))),
  eluSlope: slope((x) => tf.square(tf.elu(x))),
  reluSlope: slope((x) => tf.square(tf.relu(x))),
  seluSlope: slope((x) => tf.square(tf.selu(x))),
  softplusSlope: slope((x) => tf.square(tf.softplus(x))),
  sigmoidSlope: slope((x) => tf.square(tf.sigmoid(x))),
}

it.each(Object.keys(OPERATIONS))('%s becomes a graph that gives what the operation gives', (name) => {
  const operation = OPERATIONS[name] ?? tf.neg
  for (const seed of [1, 2])
    tf.tidy(() => {
      const x = tf.tensor4d(seededRng(seed).normalArray(32), [1, 4, 4, 2])
      const expected = operation(x)
      const run = (given: Grey): [tf.Tensor] => [operation(given)]
      const [found] = compiler.run({ models: [OPERATIONS], name }, run, [x])
      expect(found.shape).toEqual(expected.shape)
      const values = [...expected.dataSync()]
      ;[...found.dataSync()].forEach((value, i) => expect(value).toBeCloseTo(values[i] ?? NaN, 4))
    })
  expect(notes).toEqual([])
})
