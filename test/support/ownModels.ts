import { createHash } from 'node:crypto'
import * as tf from '@tensorflow/tfjs'
import { modelName, ownManifest, sha256, type OwnManifest } from '../../contract'
import type { LoadedOwnClassifier } from '../../main/ports'

export const SIDE = 16

/** A model within a model: convolution, depthwise convolution, batch normalisation, dense layer. Untrained, seeded. */
export function nestedModel(): tf.LayersModel {
  const he = (seed: number) => tf.initializers.heNormal({ seed })
  const body = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [SIDE, SIDE, 3],
        filters: 4,
        kernelSize: 3,
        strides: 2,
        kernelInitializer: he(1),
      }),
      tf.layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', depthwiseInitializer: he(2) }),
      tf.layers.batchNormalization(),
      tf.layers.reLU({ maxValue: 6 }),
    ],
  })
  const head = [tf.layers.globalAveragePooling2d({}), tf.layers.dropout({ rate: 0.5 })]
  return tf.sequential({ layers: [body, ...head, tf.layers.dense({ units: 1, kernelInitializer: he(3) })] })
}

/** The files that a model is saved as. */
export async function savedFiles(model: tf.LayersModel): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const files: Record<string, Uint8Array<ArrayBuffer>> = {}
  await model.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
      const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData))
      const json = {
        format: 'layers-model',
        modelTopology,
        weightsManifest: [{ paths: ['w.bin'], weights: weightSpecs }],
      }
      files['w.bin'] = weights
      files['model.json'] = Uint8Array.from(Buffer.from(JSON.stringify(json)))
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
    }),
  )
  return files
}

/** x → conv 3 × 3 (kernel of ones/9) → mean over positions → · 2 + 1: a graph that can be computed by hand. */
export function handMadeGraph(): Record<string, Uint8Array<ArrayBuffer>> {
  const float = { type: 'DT_FLOAT' }
  const constant = (name: string, shape: number[], dtype = 'DT_FLOAT') => ({
    name,
    op: 'Const',
    attr: {
      dtype: { type: dtype },
      value: { tensor: { dtype, tensorShape: { dim: shape.map((size) => ({ size })) } } },
    },
  })
  const node = [
    {
      name: 'x',
      op: 'Placeholder',
      attr: { dtype: float, shape: { shape: { dim: [-1, SIDE, SIDE, 1].map((size) => ({ size })) } } },
    },
    constant('kernel', [3, 3, 1, 1]),
    constant('axes', [2], 'DT_INT32'),
    constant('scale', [1, 1]),
    constant('one', [1]),
    {
      name: 'conv',
      op: 'Conv2D',
      input: ['x', 'kernel'],
      attr: {
        T: float,
        strides: { list: { i: ['1', '1', '1', '1'] } },
        dilations: { list: { i: ['1', '1', '1', '1'] } },
        padding: { s: Buffer.from('SAME').toString('base64') },
        data_format: { s: Buffer.from('NHWC').toString('base64') },
      },
    },
    {
      name: 'mean',
      op: 'Mean',
      input: ['conv', 'axes'],
      attr: { T: float, Tidx: { type: 'DT_INT32' }, keep_dims: { b: false } },
    },
    {
      name: 'dense',
      op: 'MatMul',
      input: ['mean', 'scale'],
      attr: { T: float, transpose_a: { b: false }, transpose_b: { b: false } },
    },
    { name: 'out', op: 'AddV2', input: ['dense', 'one'], attr: { T: float } },
  ]
  const weights = [
    { name: 'kernel', shape: [3, 3, 1, 1], dtype: 'float32' },
    { name: 'axes', shape: [2], dtype: 'int32' },
    { name: 'scale', shape: [1, 1], dtype: 'float32' },
    { name: 'one', shape: [1], dtype: 'float32' },
  ]
  const bytes = Buffer.concat([
    Buffer.from(Float32Array.from({ length: 9 }, () => 1 / 9).buffer),
    Buffer.from(Int32Array.of(1, 2).buffer),
    Buffer.from(Float32Array.of(2, 1).buffer),
  ])
  const json = {
    format: 'graph-model',
    modelTopology: { node, library: {}, versions: {} },
    weightsManifest: [{ paths: ['g.bin'], weights }],
  }
  return { 'model.json': Uint8Array.from(Buffer.from(JSON.stringify(json))), 'g.bin': Uint8Array.from(bytes) }
}

type Changes = Omit<Partial<OwnManifest>, 'input' | 'output'> & { input?: object; output?: object }

/** A manifest for these files. */
export function manifestFor(files: Readonly<Record<string, Uint8Array>>, changes: Changes = {}): OwnManifest {
  const hashes = Object.entries(files).map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')])
  return ownManifest.parse({
    ...{ schema: 'simplebits.model/1', name: 'nested', format: 'tfjs-layers', file: 'model.json' },
    ...{
      audited: 'Pleural effusion',
      threshold: 0.5,
      licence: 'MIT',
      source: 'a test',
      files: Object.fromEntries(hashes),
    },
    ...changes,
    input: { height: SIDE, width: SIDE, channels: 3, layout: 'NHWC', range: [0, 1], ...changes.input },
    output: { kind: 'logits', classes: ['effusion'], finding: 0, ...changes.output },
  })
}

export function loadedFrom(
  files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
  changes: Changes = {},
): LoadedOwnClassifier {
  return {
    name: modelName.parse('nested'),
    manifest: manifestFor(files, changes),
    sha256: sha256.parse('0'.repeat(64)),
    files: new Map(Object.entries(files)),
  }
}
