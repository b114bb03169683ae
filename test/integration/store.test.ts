import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { patientKey, settings, sha256, storedFinding } from '../../contract'
import { openLibsqlStore } from '../../main/adapters/store'
import type { StoredCase } from '../../main/ports'
import { exampleAudit, exampleCase } from '../support/exampleCase'
import { exampleExplanation } from '../support/explainExamples'
import { quietLogger } from '../support/quietLogger'
import { temporaryFolder } from '../support/temporaryFolder'
import { TEST_KEY } from '../support/testKey'

const repository = join(import.meta.dirname, '..', '..')
const open = (root: string, key = TEST_KEY) => openLibsqlStore(root, { key, log: quietLogger() })
const identity: StoredCase['identity'] = {
  ...{ patientKey: patientKey.parse('c'.repeat(64)), studyUid: '1.2', seriesUid: '1.2.3', sopInstanceUid: '1.2.3.4' },
  ...{ studyDate: '2017-01-03', sex: 'F', age: 0.58, view: 'PA', modality: 'DX' },
}
const finding = storedFinding.parse({
  ...{ number: 1, reader: 'Dr. Test', state: 'given', savedAt: '2026-01-01T00:00:00.000Z' },
  finding: { effusion: 'left', size: 'small', agrees: 'no', reasons: ['device'], text: 'Grüße ✓' },
})
const decision = { probability: 0.25, present: false, model: sha256.parse('d'.repeat(64)), rule: null }

describe('the store', () => {
  it('gives back what it was given, in the order of adding', async () => {
    const root = temporaryFolder()
    const store = await open(root)
    const late = exampleCase(2, { decision, error: { code: 'INTERNAL', message: 'x' }, bundled: true })
    const early = exampleCase(1, { reportLabel: 'effusion', identity })
    await store.saveCases([late, early])
    await store.saveNotes(early.id, 'Grüße ✓')
    await store.saveFinding(early.id, finding)
    await store.saveAudit(early.id, exampleAudit(7))
    const report = { path: '/out/report.pdf', writtenAt: '2026-01-01T00:00:00Z', sha256: early.sha256 }
    await store.saveReport(early.id, report)
    await store.close()
    const again = await open(root)
    expect(await again.listCases()).toEqual([early, late])
    expect([await again.notes(early.id), await again.notes(late.id)]).toEqual(['Grüße ✓', ''])
    expect([await again.findings(early.id), await again.findings(late.id)]).toEqual([[finding], []])
    expect(await again.reports(early.id)).toEqual([report])
    expect(await again.audit(early.id)).toEqual(exampleAudit(7))
    expect(await again.auditRecord(early.id)).toEqual(exampleAudit(7).record)
    expect(await again.audit(late.id)).toBeNull()
    await again.close()
  })

  it('keeps the last audit, the last decision and the last version of a finding', async () => {
    const store = await open(temporaryFolder())
    const one = exampleCase(1, { decision })
    await store.saveCases([one])
    for (const mark of [1, 2, 3]) await store.saveAudit(one.id, exampleAudit(mark))
    expect((await store.audit(one.id))?.record.seed).toBe(3)
    const of = sha256.parse('e'.repeat(64))
    const next = { ...decision, probability: 0.75, present: true, model: of, rule: of }
    await store.saveCases([{ ...one, decision: next }])
    expect((await store.listCases())[0]?.decision).toEqual(next)
    await store.saveFinding(one.id, { ...finding, state: 'draft' })
    await store.saveFinding(one.id, finding)
    expect(await store.findings(one.id)).toEqual([finding])
    await store.close()
  })

  it('takes a decision back', async () => {
    const store = await open(temporaryFolder())
    await store.saveCases([exampleCase(1, { decision })])
    await store.saveCases([exampleCase(1)])
    expect(await store.listCases()).toEqual([exampleCase(1)])
    await store.close()
  })

  it('changes the record of the audit that it has, and leaves one that comes meanwhile alone', async () => {
    const store = await open(temporaryFolder())
    const { id } = exampleCase(1)
    await store.saveCases([exampleCase(1)])
    const [first, second] = [exampleAudit(1), exampleAudit(2)]
    const later = { ...second, record: { ...second.record, createdAt: '2026-01-01T00:00:00.000Z' } }
    await store.saveAudit(id, first)
    const writing = store.saveAudit(id, later)
    await store.changeRecord(id, { ...first.record, seed: 9 })
    expect((await store.auditRecord(id))?.seed).toBe(9)
    await writing
    await store.changeRecord(id, first.record)
    const audit = await store.audit(id)
    expect([audit?.record, audit?.frames.count]).toEqual([later.record, 2])
    await store.close()
  })

  it('removes a case with all that belongs to it', async () => {
    const store = await open(temporaryFolder())
    const one = exampleCase(1, { identity, decision })
    await store.saveCases([one])
    await store.saveNotes(one.id, 'gone soon')
    await store.saveFinding(one.id, finding)
    await store.saveAudit(one.id, exampleAudit(1))
    await store.saveExplanation(one.id, 'it', { explanation: exampleExplanation() })
    await store.removeCase(one.id)
    expect(await store.listCases()).toEqual([])
    await store.saveCases([exampleCase(1)])
    const left = [await store.notes(one.id), await store.findings(one.id), await store.auditRecord(one.id)]
    expect(left).toEqual(['', [], null])
    expect((await store.explanation(one.id, 'it')).explanation).toBeNull()
    await store.close()
  })

  it('has no settings until some are saved', async () => {
    const store = await open(temporaryFolder())
    expect(await store.settings()).toBeNull()
    const chosen = settings.parse({
      ...{ preset: 'quick', objective: 'gradient', seed: 3, backend: 'wasm', identification: 'full' },
      ...{ reader: 'Dr. Test', copyFilms: true, dataFolder: '/data', layout: { split: 0.5 } },
    })
    await store.saveSettings(chosen)
    expect(await store.settings()).toEqual(chosen)
    await store.close()
  })

  it('tells patients apart by a key that another store does not share', async () => {
    const [here, there] = [await open(temporaryFolder()), await open(temporaryFolder(), Buffer.alloc(32, 8))]
    const key = here.patientKey('4711', null)
    expect(here.patientKey('4711', null)).toBe(key)
    for (const other of [here.patientKey('4712', null), there.patientKey('4711', null), here.patientKey('4711', 'A')])
      expect(other).not.toBe(key)
    await Promise.all([here.close(), there.close()])
  })

  it('is refused while another holds it, and with another key', async () => {
    const root = temporaryFolder()
    const store = await open(root)
    await store.saveCases([exampleCase(1)])
    await expect(open(root)).rejects.toMatchObject({ code: 'STORE_IN_USE' })
    await store.close()
    await expect(open(root, Buffer.alloc(32, 9))).rejects.toMatchObject({ code: 'STORE_LOCKED' })
    const again = await open(root)
    expect(await again.listCases()).toEqual([exampleCase(1)])
    await again.close()
  })

  it(
    'killed in the middle of writing, again and again, loses at most the write under way',
    { timeout: 60_000 },
    async () => {
      const root = temporaryFolder()
      for (let round = 0; round < 2; round++) {
        await writeAndKill(root, 2 + round)
        const store = await open(root)
        const cases = await store.listCases()
        // Three cases are saved together, so their rounds are the same.
        expect(cases.length % 3).toBe(0)
        for (let i = 0; i < cases.length; i += 3)
          expect(new Set(cases.slice(i, i + 3).map(({ title }) => title)).size).toBe(1)
        for (const { id } of cases) {
          const audit = await store.audit(id)
          if (!audit) continue
          // Pictures and record are of one and the same audit.
          const mark = audit.record.seed % 256
          expect(audit.frames.count).toBe(2)
          expect(new Set([...audit.frames.pictures, ...audit.simplifiedPicture])).toEqual(new Set([mark]))
          expect(new Set([...audit.frames.maps])).toEqual(new Set([audit.record.seed]))
          expect(new Set(audit.frames.details)).toEqual(new Set([mark]))
          // An explanation is whole: figure and map are of one round.
          const { explanation } = await store.explanation(id, 'the audit')
          if (explanation)
            expect(new Set(explanation.maps.flatMap(({ map }) => [...map]))).toEqual(new Set([explanation.seconds]))
          expect(await store.notes(id)).toMatch(/^(note \d+ ){2000}$|^$/)
        }
        await store.close()
      }
    },
  )
})

/** A film's file of that text, and its hash. */
async function filmFile(root: string, text: string) {
  const film = join(root, 'film.dcm')
  await writeFile(film, text)
  return { film, hash: sha256.parse(createHash('sha256').update(text).digest('hex')) }
}

describe('copies of films', () => {
  it('are enciphered, checked against the hash, and go with their case', async () => {
    const root = temporaryFolder()
    const { film, hash } = await filmFile(root, 'SECRET PIXELS '.repeat(200_000))
    const store = await open(join(root, 'store'))
    const copy = await store.copyFilm(film, hash)
    const [one, other] = [exampleCase(1, { copy, sha256: hash }), exampleCase(2)]
    await store.saveCases([one, other])
    const place = store.placeOf(one)
    expect((await readFile(place.path)).includes('SECRET')).toBe(false)
    expect(store.placeOf(other)).toEqual({ path: other.file, key: null })
    await expect(store.copyFilm(film, other.sha256)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    expect(await readdir(join(root, 'store', 'films'))).toEqual([copy])
    await store.removeCase(one.id)
    expect(await readdir(join(root, 'store', 'films'))).toEqual([])
    await store.close()
  })

  it('that no case refers to are swept at opening', async () => {
    const root = temporaryFolder()
    await (await open(root)).close()
    await mkdir(join(root, 'films'))
    await writeFile(join(root, 'films', 'left-over.part'), 'x')
    await (await open(root)).close()
    expect(await readdir(join(root, 'films'))).toEqual([])
  })

  it('without their database are left alone, and the store is not taken for a new one', async () => {
    const root = temporaryFolder()
    await mkdir(join(root, 'films'))
    await writeFile(join(root, 'films', 'a-copy'), 'x')
    await expect(open(root)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
    expect(await readdir(join(root, 'films'))).toEqual(['a-copy'])
  })

  it('say whether they are sound', async () => {
    const root = temporaryFolder()
    const { film, hash } = await filmFile(root, 'pixels '.repeat(1000))
    const store = await open(join(root, 'store'))
    const copy = await store.copyFilm(film, hash)
    expect(await store.isCopySound(copy)).toBe(true)
    await truncate(store.placeOf({ file: film, copy }).path, 900)
    expect(await store.isCopySound(copy)).toBe(false)
    expect(await store.isCopySound('gone')).toBe(false)
    await store.close()
  })
})

/** Lets a child write until it has told of `count` rounds, then ends it without warning. */
function writeAndKill(root: string, count: number): Promise<number> {
  const writer = join(repository, 'test', 'support', 'storeWriter.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', writer, root], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let written = 0
  child.stdout.on('data', (chunk: Buffer) => {
    written += chunk.length
    // A moment later: the next write has begun by then, and is somewhere in its middle.
    if (written >= count) setTimeout(() => child.kill('SIGKILL'), Math.floor(count * 1.7))
  })
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => (code === null ? resolve(written) : reject(new Error(`the writer ended with ${code}`))))
  })
}
