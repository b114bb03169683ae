import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  BUNDLED_FLOW,
  modelManifest,
  shortcutSummary,
  type ShortcutCell,
  type ShortcutFilm,
  type ShortcutSummary,
} from '../../../contract'
import { hitOf } from '../../../main/adapters/training/shortcuts/hits'
import { SIGN_SIDE, withSign } from '../../../main/adapters/training/shortcuts/signs'
import { alarmPeaks, shortcutTables } from '../../../main/domain/shortcuts/tables'
import { calibrationOf } from '../../../main/domain/zones'
import { ALARM_CALIBRATION } from '../../../main/domain/zones/alarm'
import { seededRng } from '../../../main/engine/rng'

const PIXELS = SIGN_SIDE ** 2
const grey = new Uint8Array(PIXELS).fill(100)

describe('planted signs', () => {
  it.each(['letter', 'tag', 'patch'] as const)('%s changes the picture in its place and nowhere else', (sign) => {
    const { levels, place } = withSign(grey, sign, seededRng(3))
    const changed = [...levels.keys()].filter((i) => levels[i] !== 100)
    expect(changed.length).toBeGreaterThan(9)
    expect(changed.every((i) => place[i] === 1)).toBe(true)
    expect(changed.every((i) => (levels[i] ?? 0) > 100)).toBe(true)
    expect(grey.every((level) => level === 100)).toBe(true)
  })

  it('lies in the same place for one seed', () => {
    expect(withSign(grey, 'tag', seededRng(5)).levels).toEqual(withSign(grey, 'tag', seededRng(5)).levels)
  })
})

describe('where a map has its top', () => {
  const place = Uint8Array.from({ length: PIXELS }, (_, i) => (i % SIGN_SIDE < 4 && i < 4 * SIGN_SIDE ? 1 : 0))

  it('is on the sign where the map is the sign', () => {
    expect(hitOf('keptBits', Float32Array.from(place), place)).toEqual({
      method: 'keptBits',
      pointing: true,
      topShare: 1,
      mass: 1,
    })
  })

  it('is not on the sign where the map lies elsewhere; negative values are no mass', () => {
    const map = Float32Array.from(place, (on, i) => (on ? -5 : i > PIXELS / 2 ? 1 + i : 0))
    expect(hitOf('occlusion', map, place)).toMatchObject({ pointing: false, topShare: 0, mass: 0 })
  })
})

describe('the tables', () => {
  const film = (drawn: ShortcutFilm['drawn'], peak: number, pointing: boolean): ShortcutFilm => ({
    ...{ film: 0, drawn, probability: 0.9, probabilityWithout: drawn === 'none' ? null : 0.1, decisionKept: true },
    ...{ bitsLeft: 0.4, signPixels: drawn === 'none' ? 0 : 35, peak },
    hits: drawn === 'none' ? [] : [{ method: 'keptBits', pointing, topShare: 0.5, mass: 0.25 }],
  })
  const cell = (sign: ShortcutCell['sign'], films: ShortcutFilm[]): ShortcutCell => ({
    ...{ sign, seed: 1, steps: 10, films, seconds: 1, auc: { planted: 1, plain: 0.7, swapped: 0.1 } },
  })
  const summary: ShortcutSummary = {
    ...{ schema: 'simplebits.shortcuts/2', command: 'x', settings: {} },
    cells: [
      cell('letter', [
        ...Array.from({ length: 10 }, () => film('letter', 0.8, true)),
        ...Array.from({ length: 10 }, () => film('letter', 0.278, false)),
      ]),
      cell('none', [
        ...Array.from({ length: 20 }, (_, i) => film('none', 0.2 + 0.005 * i, false)),
        film('letter', 0.2, false),
      ]),
    ],
  }

  it('tells films of clean classifiers from those of cheating ones for the calibration', () => {
    expect(shortcutSummary.parse(summary)).toEqual(summary)
    const { cheating, clean } = alarmPeaks(summary)
    expect([cheating.length, Math.min(...cheating)]).toEqual([20, 0.278])
    expect(clean).toHaveLength(21)
    expect(Math.max(...clean)).toBeCloseTo(0.295, 6)
  })

  it('counts pointing by sign, and where the alarm rings', () => {
    const [, hits, strange, alarm] = shortcutTables(summary)
    expect(hits?.cells[1]?.slice(0, 3)).toEqual(['Bit map kept', '50 %', '50 %'])
    expect(strange?.cells[1]?.slice(0, 2)).toEqual(['Bit map kept', '0 %'])
    expect(alarm?.cells.find(([name]) => name === 'planted: letter')?.slice(2)).toEqual(['54 %', '20 (100 %)'])
    expect(alarm?.cells.find(([name]) => name === 'clean')?.[3]).toBe('6 (30 %)')
  })
})

describe('the alarm of the product', () => {
  const root = resolve(import.meta.dirname, '../../..')
  const json = async (file: string): Promise<unknown> => JSON.parse(await readFile(resolve(root, file), 'utf8'))

  it('rings where the benchmark’s summary says', async () => {
    const measuredOn = shortcutSummary.parse(await json('docs/results/shortcuts.json'))
    const measured = calibrationOf(alarmPeaks(measuredOn))
    expect(ALARM_CALIBRATION).toEqual({ ...measured, flow: measuredOn.settings['flowSha256'] })
  })

  it('holds for the flow that audits measure with', async () => {
    const { files } = modelManifest.parse(await json(`models/${BUNDLED_FLOW}/manifest.json`))
    expect(ALARM_CALIBRATION?.flow).toBe(files['weights.safetensors'])
  })
})
