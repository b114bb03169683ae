import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import {
  settings as settingsFile,
  storedFinding,
  zones as zonesFile,
  type CaseId,
  type StoredFinding,
} from '../../../contract'
import type { CaseStore, Logger, StoredCase } from '../../ports'
import { writeAtomic } from '../files'
import { readAuditFolder, readAuditRecord, writeAuditFolder } from './auditFiles'
import { storedCaseFile } from './storedCase'

const FINDING = /^finding-\d{6}\.json$/

/**
 * The workspace as a folder: settings.json and, for each case, cases/<id>/{case.json, notes.txt, finding-000001.json, zones.json, audit-000001/}. A write
 * touches one case; every file or folder appears whole. What a killed process left half written is swept at opening.
 *
 * @throws SimpleBitsError WRITE_FAILED where something cannot be saved
 */
export async function openFolderStore(root: string, log: Logger): Promise<CaseStore> {
  const casesFolder = join(root, 'cases')
  const folderOf = (id: CaseId) => join(casesFolder, id)
  await mkdir(casesFolder, { recursive: true })
  await sweep(casesFolder)

  return {
    async listCases() {
      const names = await readdir(casesFolder)
      const files = await Promise.all(
        names.map((name) => readJson(join(casesFolder, name, 'case.json'), storedCaseFile, log)),
      )
      return files
        .flatMap((file) => file?.case ?? [])
        .sort((a, b) => compare(a.addedAt, b.addedAt) || compare(a.id, b.id))
    },
    saveCase: (stored) => writeAtomic(join(folderOf(stored.id), 'case.json'), toFile(stored)),
    async removeCase(id) {
      const removed = join(casesFolder, `.${id}.removed`)
      await rm(removed, { recursive: true, force: true })
      await rename(folderOf(id), removed)
      await rm(removed, { recursive: true, force: true })
    },
    notes: (id) => readFile(join(folderOf(id), 'notes.txt'), 'utf8').catch(() => ''),
    saveNotes: (id, notes) => writeAtomic(join(folderOf(id), 'notes.txt'), notes),
    async findings(id) {
      const names = (await readdir(folderOf(id)).catch(() => [])).filter((name) => FINDING.test(name)).sort()
      const files = await Promise.all(names.map((name) => readJson(join(folderOf(id), name), storedFinding, log)))
      return files.filter((file): file is StoredFinding => file !== null)
    },
    saveFinding: (id, finding) =>
      writeAtomic(join(folderOf(id), `finding-${String(finding.number).padStart(6, '0')}.json`), asJson(finding)),
    auditRecord: (id) => orNull(readAuditRecord(folderOf(id)), log),
    audit: (id) => orNull(readAuditFolder(folderOf(id)), log),
    saveAudit: (id, audit) => writeAuditFolder(folderOf(id), audit),
    zones: (id) => readJson(join(folderOf(id), 'zones.json'), zonesFile, log),
    saveZones: (id, zones) =>
      zones === null
        ? rm(join(folderOf(id), 'zones.json'), { force: true })
        : writeAtomic(join(folderOf(id), 'zones.json'), JSON.stringify(zones)),
    settings: () => readJson(join(root, 'settings.json'), settingsFile, log),
    saveSettings: (settings) => writeAtomic(join(root, 'settings.json'), asJson(settings)),
  }
}

const asJson = (content: unknown): string => JSON.stringify(content, null, 2)

function toFile(stored: StoredCase): string {
  const file: z.infer<typeof storedCaseFile> = { schema: 'simplebits.case/1', case: { ...stored } }
  return asJson(file)
}

/** Null where the file is not there or cannot be understood: one bad file must not take the worklist with it. */
async function readJson<S extends z.ZodType>(path: string, schema: S, log: Logger): Promise<z.infer<S> | null> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  return orNull(
    Promise.resolve().then(() => schema.parse(JSON.parse(text))),
    log,
  )
}

async function orNull<T>(reading: Promise<T>, log: Logger): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    log.warn(
      { problem: error instanceof Error ? error.message : String(error) },
      'something saved cannot be read and is left out',
    )
    return null
  }
}

/** Half-written and half-removed things have names with a leading dot. */
async function sweep(casesFolder: string): Promise<void> {
  const isScrap = (name: string) => name.startsWith('.') && (name.endsWith('.part') || name.endsWith('.removed'))
  for (const name of await readdir(casesFolder)) {
    if (isScrap(name)) await rm(join(casesFolder, name), { recursive: true, force: true })
    else
      for (const inner of await readdir(join(casesFolder, name)).catch(() => []))
        if (isScrap(inner)) await rm(join(casesFolder, name, inner), { recursive: true, force: true })
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
