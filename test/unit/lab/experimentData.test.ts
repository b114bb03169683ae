import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { gzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { ExperimentData } from '../../../contract'
import {
  dataHashes,
  loadExperimentData,
  loadNatural,
  pictureAt,
  readIdx,
  sideBySide,
} from '../../../main/adapters/experimentData'
import { naturalFolder } from '../../support/naturalFolder'
import { temporaryFolder } from '../../support/temporaryFolder'

const counts = { train: 12, validation: 6, test: 8 }
const root = naturalFolder(temporaryFolder())
const load = (data: ExperimentData) => loadExperimentData(root, data)
const meanOf = (levels: Uint8Array) => levels.reduce((sum, level) => sum + level, 0) / levels.length

describe('IDX files', () => {
  const folder = temporaryFolder()
  const bytes = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]
  const write = (name: string, content: Uint8Array) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }

  it('are read packed and plain', async () => {
    for (const path of [write('plain', Uint8Array.from(bytes)), write('packed.gz', gzipSync(Uint8Array.from(bytes)))]) {
      const { dimensions, data } = await readIdx(path)
      expect(dimensions).toEqual([2, 3])
      expect([...data]).toEqual([1, 2, 3, 4, 5, 6])
    }
  })
  it('are refused where they are cut, of another type, or not there', async () => {
    await expect(readIdx(write('cut', Uint8Array.from(bytes.slice(0, -1))))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    })
    const floats = bytes.map((byte, i) => (i === 2 ? 13 : byte))
    await expect(readIdx(write('floats', Uint8Array.from(floats)))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await expect(readIdx(join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'DATA_MISSING',
      message: expect.stringContaining('--data') as string,
    })
  })
})

describe('distractor sets', () => {
  it('hold the labelled part and the distractor each in its half, whichever carries the label', async () => {
    const byDigit = await load({ set: 'side-by-side', label: 'digit', ...counts })
    const byClothing = await load({ set: 'side-by-side', label: 'clothing', ...counts })
    expect(byDigit).toMatchObject({ size: 32, channels: 3 })
    expect(byDigit.test.parts).toEqual({ kind: 'halves', labelled: 'left' })
    expect(byClothing.test.parts).toEqual({ kind: 'halves', labelled: 'right' })
    const digits = (await loadNatural(root, 'digits')).test
    expect([...byDigit.test.labels]).toEqual([...digits.labels.slice(0, counts.test)])
    const left = sideBySide(pictureAt(digits, 0), null)
    const shown = pictureAt(byDigit.test, 0)
    for (let i = 0; i < shown.length; i++) if (Math.floor(i / 3) % 32 < 16) expect(shown[i]).toBe(left[i])
  })
  it('are the same whenever they are made, and have no picture in two splits', async () => {
    const data: ExperimentData = { set: 'noise', ...counts }
    const [one, two] = [await load(data), await load(data)]
    expect(one.train.pictures).toEqual(two.train.pictures)
    const seen = new Set<string>()
    for (const split of [one.train, one.validation, one.test])
      for (let i = 0; i < split.count; i++) seen.add(pictureAt(split, i).join())
    expect(seen.size).toBe(counts.train + counts.validation + counts.test)
  })
  it.each([
    { set: 'blend', label: 'digit', ...counts },
    { set: 'blend', label: 'photo', ...counts },
    { set: 'noise', ...counts },
    { set: 'stripes', ...counts },
  ] as const)('lie over a clean part that is half as bright: %o', async (data) => {
    const { test } = await load(data)
    if (test.parts?.kind !== 'overlay') throw new Error('parts are missing')
    const { clean } = test.parts
    expect(clean).toHaveLength(test.pictures.length)
    expect(Math.max(...clean)).toBeLessThanOrEqual(128)
    expect(test.pictures.every((level, i) => level >= (clean[i] ?? 0) - 1)).toBe(true)
    expect(meanOf(test.pictures)).toBeGreaterThan(meanOf(clean) + 10)
  })
  it('are refused, by field name, where more pictures are asked for than there are', async () => {
    await expect(load({ set: 'noise', ...counts, test: 5000 })).rejects.toThrow(/data\.test/)
  })
})

describe('folders with a table', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'png'))
  const rows = Array.from({ length: 24 }, (_, i) => {
    const data = new Uint8Array(20 * 10).fill(10 * i)
    writeFileSync(join(folder, 'png', `${i}.png`), encode({ width: 20, height: 10, channels: 1, depth: 8, data }))
    return `${i}.png,${i % 2 ? 'sick' : 'healthy'},patient ${Math.floor(i / 3)}`
  })
  writeFileSync(join(folder, 'table.csv'), ['file,label,patient', ...rows].join('\n'))
  const data: ExperimentData = {
    ...{ set: 'png-folder', folder: 'png', table: 'table.csv', size: 8 },
    ...{ train: 9, validation: 6, test: 6 },
  }

  it('give pictures of the size asked for, classes by name, and no patient in two splits', async () => {
    const sets = await loadExperimentData(folder, data)
    expect(sets).toMatchObject({ size: 8, channels: 1, classNames: ['healthy', 'sick'] })
    const patientsOf = (split: typeof sets.train) =>
      new Set(Array.from({ length: split.count }, (_, i) => Math.floor((pictureAt(split, i)[0] ?? 0) / 30)))
    const splits = [sets.train, sets.validation, sets.test].map(patientsOf)
    const patients = splits.flatMap((split) => [...split])
    expect(new Set(patients).size).toBe(patients.length)
    const level = pictureAt(sets.train, 0)[0] ?? 0
    expect(sets.train.labels[0]).toBe((level / 10) % 2)
  })
  it('say what is missing', async () => {
    await expect(loadExperimentData(folder, { ...data, table: 'none.csv' })).rejects.toMatchObject({
      code: 'DATA_MISSING',
    })
    await expect(loadExperimentData(folder, { ...data, folder: 'none' })).rejects.toThrow(/data\.folder/)
  })
  it('are hashed with their table', async () => {
    const hashes = await dataHashes(folder, ['table.csv', 'png'])
    expect(Object.keys(hashes)).toEqual(['table.csv', 'png'])
    for (const hash of Object.values(hashes)) expect(hash).toMatch(/^[0-9a-f]{64}$/)
  })
})
