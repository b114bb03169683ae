import { describe, expect, it } from 'vitest'
import { ownManifest } from '../../../contract'

const good = {
  schema: 'simplebits.model/1',
  name: 'mobilenet-v2',
  format: 'tfjs-layers',
  file: 'tfjs/model.json',
  audited: 'Pleural effusion',
  input: { height: 96, width: 96, channels: 3, layout: 'NHWC', range: [-1, 1] },
  output: { kind: 'softmax', classes: ['no effusion', 'effusion'], finding: 1 },
  threshold: 0.4,
  licence: 'MIT',
  source: 'trained on public films',
  files: { 'tfjs/model.json': 'a'.repeat(64) },
}
const withInput = (change: object) => ({ ...good, input: { ...good.input, ...change } })
const withOutput = (change: object) => ({ ...good, output: { ...good.output, ...change } })

describe('the manifest of an own classifier', () => {
  it('takes a good one and fills in what may be left out', () => {
    const read = ownManifest.parse(good)
    expect(read.calibration).toEqual({ temperature: 1, bias: 0 })
    expect(read.output.tensor).toBe(0)
  })
  it('takes mean and std for each channel, and a channels-first layout', () => {
    const change = { layout: 'NCHW', range: [0, 1], mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }
    expect(ownManifest.safeParse(withInput(change)).success).toBe(true)
  })
  it.each<[string, object, string]>([
    ['another version', { ...good, schema: 'simplebits.model/2' }, 'schema'],
    ['a name with blanks', { ...good, name: 'My Net' }, 'name'],
    ['another finding', { ...good, audited: 'Pneumothorax' }, 'audited'],
    ['another format', { ...good, format: 'onnx' }, 'format'],
    ['a way out of the folder', { ...good, file: '../model.json' }, 'file'],
    ['a whole path', { ...good, file: '/etc/model.json' }, 'file'],
    ['a shard outside', { ...good, files: { '../../x.bin': 'a'.repeat(64) } }, 'files'],
    ['a hash that is none', { ...good, files: { 'model.json': 'abc' } }, 'files'],
    ['two channels', withInput({ channels: 2 }), 'input'],
    ['a size of 4', withInput({ height: 4 }), 'input'],
    ['a size of 4096', withInput({ width: 4096 }), 'input'],
    ['black as bright as white', withInput({ range: [1, 1] }), 'input'],
    ['two means for three channels', withInput({ mean: [0.5, 0.5] }), 'input'],
    ['a std of 0', withInput({ std: [0, 1, 1] }), 'input'],
    ['a finding beyond the classes', withOutput({ finding: 2 }), 'output'],
    ['a softmax of one class', withOutput({ classes: ['effusion'], finding: 0 }), 'output'],
    ['an unknown output', withOutput({ kind: 'tanh' }), 'output'],
    ['a threshold of 0', { ...good, threshold: 0 }, 'threshold'],
    ['a temperature of 0', { ...good, calibration: { temperature: 0, bias: 0 } }, 'calibration'],
    ['no licence', { ...good, licence: '' }, 'licence'],
    ['an unknown field', { ...good, layers: 3 }, ''],
  ])('refuses %s', (_, manifest, field) => {
    const read = ownManifest.safeParse(manifest)
    expect(read.success).toBe(false)
    expect(read.error?.issues[0]?.path[0] ?? '').toBe(field)
  })
})
