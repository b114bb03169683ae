import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, BUNDLED_FLOW, modelName } from '../../contract'
import { bundledEngine, bundledPictures } from '../support/bundledEngine'

const engine = bundledEngine()
const models = { model: BUNDLED_CLASSIFIER, flow: BUNDLED_FLOW }
const film = () => bundledPictures(['nih_00008008_046.dcm'])

/** Two bundled films laid over each other: its estimate falls below the threshold, just above which it is itself. */
async function overlaid(): Promise<Uint8Array> {
  const [one, other] = [await film(), await bundledPictures(['udacity_nih_test2.dcm'])]
  return one.map((level, i) => Math.round(0.35 * level + 0.65 * (other[i] ?? NaN)))
}

const pictures = (...all: Uint8Array[]) => ({ pictures: Uint8Array.from(Buffer.concat(all)), count: all.length })
const mean = (levels: Uint8Array) => levels.reduce((sum, level) => sum + level, 0) / levels.length

describe('the instant estimate', () => {
  it.each([
    { what: 'a bundled film', picture: film, kept: true },
    { what: 'two films laid over each other', picture: overlaid, kept: false },
  ])('of $what is measured as anything else is', async ({ picture, kept }) => {
    const levels = await picture()
    const estimate = await engine.call('instant', { ...models, picture: levels })
    if (!estimate) throw new Error('the bundled models have a simplifier')
    const flat = levels.slice().fill(Math.round(mean(levels)))
    const all = pictures(levels, estimate.picture, flat)
    const { rows } = await engine.call('bits', { flow: BUNDLED_FLOW, ...all, noiseDraws: 1 })
    const [own = NaN, left = NaN, leftOfFlat = NaN] = rows.map(({ bits }) => bits)
    expect(estimate.bits / left).toBeCloseTo(1, 4)
    expect(estimate.bitsLeft).toBeCloseTo(left / own, 4)
    expect(estimate.aboveFlat).toBeCloseTo((left - leftOfFlat) / (own - leftOfFlat), 3)
    expect(estimate.bpd).toBeCloseTo(left / levels.length, 3)
    expect(estimate.map.reduce((sum, bits) => sum + bits, 0) / estimate.bits).toBeCloseTo(1, 4)
    // an estimate is simpler than its film, and by much
    expect(estimate.bitsLeft).toBeLessThan(0.6)

    const { threshold, rows: read } = await engine.call('classify', { model: BUNDLED_CLASSIFIER, ...all })
    const [before, after] = read
    expect(estimate.probability).toBeCloseTo(after?.probability ?? NaN, 4)
    expect(estimate.decisionKept).toBe(before?.decision === after?.decision)
    // the first film's estimate is on the other side of a half, the second one's on the other side of the threshold
    expect([before?.decision, estimate.decisionKept]).toEqual([true, kept])
    expect(estimate.probability < threshold).toBe(!kept)
    expect(estimate.probability).toBeLessThan(0.5)
  })

  it('is none for a classifier that no simplifier was made for', async () => {
    const other = { ...models, model: modelName.parse('effusion-128-b'), picture: await film() }
    expect(await engine.call('instant', other)).toBeNull()
  })
})
