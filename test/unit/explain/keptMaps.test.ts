import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { explainFilm, randomisedAudit } from '../../../main/engine/explain'
import { TINY_SETTINGS, tinyAudit } from '../../support/tinyAudit'

let tiny: ReturnType<typeof tinyAudit>
beforeAll(() => (tiny = tinyAudit()))
afterAll(() => tiny.dispose())

it('a counterpart’s maps are checked by the searches of the weight randomisation, each map by its own', async () => {
  const settings = { ...TINY_SETTINGS, path: { ...TINY_SETTINGS.path, steps: 4, scoreEvery: 2 } }
  const request = { picture: tiny.picture, seed: 1, settings }
  const searched = await randomisedAudit(tiny.dependencies, { ...request, objective: 'activation' })
  if (!searched) throw new Error('nobody cancelled')
  const { check, own } = searched
  const asked = { ...request, keptMap: null, keptDetail: null, searches: true }
  const { rows, maps } = await explainFilm(tiny.dependencies, asked)
  const row = (method: string) => rows.find((one) => one.method === method)
  const map = (method: string) => maps.find((one) => one.method === method)?.map
  expect(row('keptBits')?.randomised?.spearman).toBeCloseTo(check.shuffled.mapCorrelation, 6)
  expect(row('keptBits')?.repeatability).toBeCloseTo(check.own.mapCorrelation, 6)
  expect(row('keptDetail')?.randomised?.spearman).toBeCloseTo(check.shuffled.detailCorrelation, 6)
  expect(row('keptDetail')?.repeatability).toBeCloseTo(check.own.detailCorrelation, 6)
  expect(map('keptBits')).toEqual(own.bits)
  map('keptDetail')?.forEach((share, i) => expect(share).toBeCloseTo((own.detail[i] ?? NaN) / 255, 6))
  // the four tell things apart here
  const { shuffled } = check
  const told = [
    shuffled.mapCorrelation,
    shuffled.detailCorrelation,
    check.own.mapCorrelation,
    check.own.detailCorrelation,
  ]
  expect(new Set(told.map((value) => value.toFixed(4))).size).toBe(4)
})
