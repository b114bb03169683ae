import { randomUUID } from 'node:crypto'
import { access, readFile, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { z } from 'zod'
import { settings as settingsFile, storedFinding, zones } from '../../../../contract'
import type { Logger, StoredCase } from '../../../ports'
import { makeFolder } from '../../files'
import type { LibsqlStore } from '../libsqlStore'
import { readAuditFolder } from './oldAudits'
import { storedCaseFile } from './storedCase'

const FINDING = /^finding-\d{6}\.json$/

/** Where a case goes of which something could not be read: beside the store, for a person to look at. */
const NOT_READ = 'cases-not-read'

/**
 * Takes over the cases of the first versions, which kept them unprotected in cases/<id>/{case.json, notes.txt,
 * finding-000001.json, audit-000001/} and settings.json, and removes them. Each case goes when all of it is safely in the store, so
 * that this may be interrupted anywhere; a folder of which anything could not be read is moved aside to cases-not-read/ and kept, and
 * so is one of a film that the store holds and cannot read.
 */
export async function adoptOldFolder(root: string, store: LibsqlStore, log: Logger): Promise<void> {
  const casesFolder = join(root, 'cases')
  const names = await readdir(casesFolder).catch(() => null)
  if (names === null) return
  const settings = await new Reading(log).json(join(root, 'settings.json'), settingsFile.partial())
  // Copies of films and a folder of one's own for the lab's data were not known to the first versions.
  const whole = settings && settingsFile.safeParse({ copyFilms: false, dataFolder: null, ...settings })
  if (whole?.success && (await store.settings()) === null) await store.saveSettings(whole.data)
  await rm(join(root, 'settings.json'), { force: true })
  const leftOut = new Set<string>()
  await store.listCases(({ id, sha256 }) => leftOut.add(id).add(sha256))
  for (const name of names.filter((each) => !each.startsWith('.'))) {
    const folder = join(casesFolder, name)
    const reading = new Reading(log)
    const file = await reading.json(join(folder, 'case.json'), storedCaseFile)
    // Their patient keys were made in another way: kept, they would make two patients of one.
    const identity = file && { ...file.case.identity, patientKey: null }
    const mayGo = file !== null && !leftOut.has(file.case.id) && !leftOut.has(file.case.sha256)
    if (mayGo && identity) await adoptCase(folder, { ...file.case, identity, copy: null }, { store, reading })
    if (mayGo && reading.complete) await rm(folder, { recursive: true, force: true })
    else await setAside(folder, join(root, NOT_READ))
  }
  await rm(casesFolder, { recursive: true, force: true })
}

async function adoptCase(
  folder: string,
  stored: StoredCase,
  { store, reading }: { readonly store: LibsqlStore; readonly reading: Reading },
): Promise<void> {
  await store.saveCases([stored])
  const notes = await reading.text(join(folder, 'notes.txt'))
  if (notes !== null && notes !== '') await store.saveNotes(stored.id, notes)
  for (const name of (await readdir(folder)).filter((each) => FINDING.test(each))) {
    const finding = await reading.json(join(folder, name), storedFinding)
    if (finding) await store.saveFinding(stored.id, finding)
  }
  const outlines = await reading.json(join(folder, 'zones.json'), zones)
  if (outlines) await store.saveZones(stored.id, outlines)
  const audit = await reading.orNull(readAuditFolder(folder))
  if (audit) await store.saveAudit(stored.id, audit)
}

async function setAside(folder: string, place: string): Promise<void> {
  await makeFolder(place)
  const free = join(place, basename(folder))
  await rename(folder, (await exists(free)) ? `${free}-${randomUUID()}` : free)
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** Reads one case's files: one bad file must not take the others with it, but it is remembered. */
class Reading {
  /** Whether all that was there could be read. */
  complete = true

  constructor(private readonly log: Logger) {}

  /** Null where there is no such file. */
  async text(path: string): Promise<string | null> {
    return this.orNull(
      readFile(path, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
        throw error
      }),
    )
  }

  async json<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S> | null> {
    const text = await this.text(path)
    return text === null ? null : this.orNull(Promise.resolve().then(() => schema.parse(JSON.parse(text))))
  }

  async orNull<T>(reading: Promise<T>): Promise<T | null> {
    try {
      return await reading
    } catch {
      this.complete = false
      this.log.warn({}, 'something saved by an earlier version cannot be read; its folder is kept in cases-not-read')
      return null
    }
  }
}
