import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { modelName } from '../../contract'
import { readFilm } from '../../main/adapters/dicom'
import { toPixels } from '../../main/adapters/trainingData'
import { createModelStore } from '../../main/adapters/weights'
import { modelInput } from '../../main/domain/modelInput'
import { chestClassifier } from '../../main/engine/classifier'
import { calibrated } from '../../main/engine/metrics'
import { bundledEngine, bundledPictures } from '../support/bundledEngine'

const root = resolve(import.meta.dirname, '../..')
interface Golden {
  tolerance: number
  films: { file: string; levelsSha256: string; logits: number[]; probability: number }[]
}
const golden = JSON.parse(readFileSync(resolve(root, 'models/effusion-128/golden.json'), 'utf8')) as Golden

describe('effusion-128 gives on bundled films what its card was made with', () => {
  it.each(golden.films)('$file', async ({ file, levelsSha256, logits, probability }) => {
    const model = await createModelStore([resolve(root, 'models')]).load(modelName.parse('effusion-128'))
    if (model.file.kind !== 'classifier') throw new Error('effusion-128 must be a classifier')
    const { pixels } = modelInput(await readFilm(resolve(root, 'demo', file)))
    expect(createHash('sha256').update(pixels).digest('hex')).toBe(levelsSha256)
    const weights = Object.entries(model.tensors).map(([name, { data, shape }]) => {
      return [name, tf.tensor(Float32Array.from(data), [...shape])] as const
    })
    const net = chestClassifier(model.file.config)
    const found = net.forward(net.freeze(Object.fromEntries(weights)), tf.tensor4d(toPixels(pixels), [1, 128, 128, 1]))
    const row = [...found.dataSync()]
    logits.forEach((logit, head) => expect(Math.abs((row[head] ?? NaN) - logit)).toBeLessThan(golden.tolerance))
    expect(Math.abs(calibrated(row[0] ?? NaN, model.file.calibration) - probability)).toBeLessThan(golden.tolerance)
  })

  it('names at least three films', () => {
    expect(golden.films.length).toBeGreaterThanOrEqual(3)
  })
})

/** What a clinician reads off these films: the engine's own call, with its slice, calibration and threshold. */
describe.each([
  { name: 'effusion-128', threshold: 0.241 },
  { name: 'effusion-128-b', threshold: 0.253 },
])('the engine’s classify says of bundled films what $name’s card says', ({ name, threshold }) => {
  const said = JSON.parse(readFileSync(resolve(root, 'models', name, 'golden.json'), 'utf8')) as Golden
  const model = modelName.parse(name)
  const engine = bundledEngine()

  it('probability to three digits, decision by the model’s own threshold', async () => {
    const pictures = await bundledPictures(said.films.map(({ file }) => file))
    const answer = await engine.call('classify', { model, pictures, count: said.films.length })
    expect(answer.threshold).toBe(threshold)
    expect(answer.rows).toHaveLength(said.films.length)
    said.films.forEach(({ probability }, i) => expect(answer.rows[i]?.probability).toBeCloseTo(probability, 3))
    expect(answer.rows.map(({ decision }) => decision)).toEqual([true, true, false])
  })

  it('and an audit’s boundary is that threshold’s logit', async () => {
    const { network } = await engine.networks.network(model)
    expect(network.boundary).toBeCloseTo(Math.log(threshold / (1 - threshold)), 10)
  })
})
