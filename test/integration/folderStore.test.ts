import { spawn } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { settings } from '../../contract'
import { openFolderStore } from '../../main/adapters/store'
import { exampleAudit, exampleCase } from '../support/exampleCase'
import { quietLogger } from '../support/quietLogger'
import { temporaryFolder } from '../support/temporaryFolder'

const repository = join(import.meta.dirname, '..', '..')

describe('the workspace folder', () => {
  it('gives back what it was given, in the order of adding', async () => {
    const root = temporaryFolder()
    const store = await openFolderStore(root, quietLogger())
    const [late, early] = [exampleCase(2), exampleCase(1, { reportLabel: 'effusion' })]
    await store.saveCase(late)
    await store.saveCase(early)
    await store.saveNotes(early.id, 'Grüße ✓')
    await store.saveAudit(early.id, exampleAudit(7))
    const again = await openFolderStore(root, quietLogger())
    expect(await again.listCases()).toEqual([early, late])
    expect(await again.notes(early.id)).toBe('Grüße ✓')
    expect(await again.notes(late.id)).toBe('')
    expect(await again.audit(early.id)).toEqual(exampleAudit(7))
    expect(await again.auditRecord(early.id)).toEqual(exampleAudit(7).record)
    expect(await again.audit(late.id)).toBeNull()
  })

  it('keeps one audit a case, the last', async () => {
    const root = temporaryFolder()
    const store = await openFolderStore(root, quietLogger())
    const { id } = exampleCase(1)
    await store.saveCase(exampleCase(1))
    for (const mark of [1, 2, 3]) await store.saveAudit(id, exampleAudit(mark))
    expect((await store.audit(id))?.record.seed).toBe(3)
    expect((await readdir(join(root, 'cases', id))).sort()).toEqual(['audit-000003', 'case.json'])
  })

  it('removes a case with all that belongs to it', async () => {
    const root = temporaryFolder()
    const store = await openFolderStore(root, quietLogger())
    const stored = exampleCase(1)
    await store.saveCase(stored)
    await store.saveNotes(stored.id, 'gone soon')
    await store.removeCase(stored.id)
    expect(await store.listCases()).toEqual([])
    expect(await readdir(join(root, 'cases'))).toEqual([])
  })

  it('has no settings until some are saved', async () => {
    const store = await openFolderStore(temporaryFolder(), quietLogger())
    expect(await store.settings()).toBeNull()
    const chosen = settings.parse({
      ...{ preset: 'quick', objective: 'gradient', seed: 3, backend: 'wasm', identification: 'full' },
      ...{ reader: 'Dr. Test', layout: { split: 0.5 } },
    })
    await store.saveSettings(chosen)
    expect(await store.settings()).toEqual(chosen)
  })

  it('leaves a damaged case out, names the damage in the log, and shows the others', async () => {
    const root = temporaryFolder()
    const log = quietLogger()
    const store = await openFolderStore(root, log)
    await store.saveCase(exampleCase(1))
    for (const [name, text] of [
      ['torn', '{"schema":'],
      ['foreign', '{"schema":"simplebits.case/9"}'],
    ] as const) {
      await mkdir(join(root, 'cases', name))
      await writeFile(join(root, 'cases', name, 'case.json'), text)
    }
    expect(await store.listCases()).toEqual([exampleCase(1)])
    expect(log.lines).toHaveLength(2)
  })

  it('killed in the middle of writing, again and again, loses at most the write under way', async () => {
    const root = temporaryFolder()
    for (let round = 0; round < 4; round++) {
      const written = await writeAndKill(root, 5 + round)
      const log = quietLogger()
      const store = await openFolderStore(root, log)
      const cases = await store.listCases()
      expect(cases.length).toBeGreaterThanOrEqual(Math.min(3, written))
      expect(log.lines).toEqual([])
      for (const { id } of cases) {
        const audit = await store.audit(id)
        if (!audit) continue
        // Pictures and record are of one and the same audit.
        const mark = audit.record.seed % 256
        expect(new Set([...audit.frames.pictures, ...audit.simplifiedPicture])).toEqual(new Set([mark]))
        expect(new Set([...audit.frames.maps])).toEqual(new Set([audit.record.seed]))
        expect(await store.notes(id)).toMatch(/^(note \d+ ){2000}$|^$/)
      }
      const names = (await readdir(root, { recursive: true })).map((name) => name.split(/[\\/]/).at(-1) ?? '')
      expect(names.filter((name) => name.startsWith('.'))).toEqual([])
    }
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
