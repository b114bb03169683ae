import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { simplebits } from '../support/commandLine'
import { sharedData } from '../support/sharedData'
import { trainingFolder, type ManifestLine } from '../support/trainingFolder'

const lines: ManifestLine[] = Array.from({ length: 20 }, (_, i) => ({
  id: `film${i}`,
  split: i % 2 ? 'train_hi' : 'test_hi',
  label: 'No Finding',
  patient: String(100 + i),
}))
const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() })
const row = z.object({
  group: z.string(),
  films: z.number(),
  bits: z.object({
    windowed: estimate,
    storedCut: estimate,
    storedOpen: estimate,
    jpegLsWindowed: estimate,
    jpegLsStored: estimate,
  }),
  log2Stretch: z.number(),
  cutOff: z.number(),
})
const rowsOf = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => row.parse(JSON.parse(line)))

describe('simplebits train measure-flow', () => {
  it('measures what the fold of its training held out, as rows or as a table', { timeout: 300_000 }, async () => {
    const data = trainingFolder(lines, [])
    const { code, stdout, stderr } = await simplebits('train', 'measure-flow', '--data', data, '--json')
    expect(stderr).toMatch(/18 films trained on, 2 held out/)
    expect(code).toBe(0)
    const [all] = rowsOf(stdout)
    expect(all).toMatchObject({ group: 'all', films: 2 })
    // the window cuts nothing off these smooth films: all of the change of variables is its stretch
    expect(all?.cutOff).toBe(0)
    expect(all?.bits.storedCut.value).toBeCloseTo((all?.bits.windowed.value ?? NaN) - (all?.log2Stretch ?? NaN), 6)
    const again = await simplebits('train', 'measure-flow', '--data', data, '--markdown')
    expect(again.stdout).toMatch(/^\| group \| films \| flow, through the window \|/)
    expect(again.stdout).toContain(`| all | 2 | ${all?.bits.windowed.value.toFixed(3)} (`)
  })

  it.each(['glow-cxr-64', 'effusion-128'])('refuses %s, which is no flow of whole films', async (model) => {
    const { code, stderr } = await simplebits('train', 'measure-flow', '--model', model)
    expect(stderr).toMatch(/no flow of whole films/)
    expect(code).toBe(2)
  })

  const films = sharedData('nih', 'manifest.csv')
  it.skipIf(films === null)('finds the figures of the model card again', { timeout: 900_000 }, async () => {
    const { code, stdout } = await simplebits('train', 'measure-flow', '--json')
    expect(code).toBe(0)
    const manifest: unknown = JSON.parse(
      readFileSync(resolve(import.meta.dirname, '../../models/glow-cxr-128/manifest.json'), 'utf8'),
    )
    const card = z
      .array(z.object({ group: z.string(), pictures: z.number(), bpd: z.number(), low: z.number(), high: z.number() }))
      .parse(Object(manifest).metrics.table)
    const found = rowsOf(stdout)
    expect(found).toHaveLength(card.length)
    for (const { group, bits, films: count } of found) {
      const committed = card.find((other) => other.group === group)
      expect(count, group).toBe(committed?.pictures)
      expect(bits.windowed.value, group).toBeCloseTo(committed?.bpd ?? NaN, 4)
      expect(bits.windowed.low, group).toBeCloseTo(committed?.low ?? NaN, 4)
      expect(bits.windowed.high, group).toBeCloseTo(committed?.high ?? NaN, 4)
      expect(bits.storedCut.value).toBeGreaterThan(bits.windowed.value - 1)
    }
  })
})
