import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { settings as settingsFile, storedFinding } from '../../../contract'
import type { CaseStore, Logger, StoredCase } from '../../ports'
import { readAuditFolder } from './auditFiles'
import { storedCaseFile } from './storedCase'

const FINDING = /^finding-\d{6}\.json$/

/**
 * Takes over the cases of the first versions, which kept them unprotected in cases/<id>/{case.json, notes.txt,
 * finding-000001.json, audit-000001/} and settings.json, and removes them. Each case goes when it is safely in the store, so
 * that this may be interrupted anywhere.
 */
export async function adoptOldFolder(root: string, store: CaseStore, log: Logger): Promise<void> {
  const casesFolder = join(root, 'cases')
  const names = await readdir(casesFolder).catch(() => null)
  if (names === null) return
  const settings = await readJson(join(root, 'settings.json'), settingsFile.partial(), log)
  if (settings && (await store.settings()) === null) await store.saveSettings(settingsFile.parse(settings))
  await rm(join(root, 'settings.json'), { force: true })
  for (const name of names.filter((each) => !each.startsWith('.'))) {
    const folder = join(casesFolder, name)
    const file = await readJson(join(folder, 'case.json'), storedCaseFile, log)
    if (file) await adoptCase(folder, { ...file.case, copy: null }, { store, log })
    await rm(folder, { recursive: true, force: true })
  }
  await rm(casesFolder, { recursive: true, force: true })
}

async function adoptCase(
  folder: string,
  stored: StoredCase,
  { store, log }: { readonly store: CaseStore; readonly log: Logger },
): Promise<void> {
  await store.saveCase(stored)
  const notes = await readFile(join(folder, 'notes.txt'), 'utf8').catch(() => '')
  if (notes !== '') await store.saveNotes(stored.id, notes)
  for (const name of (await readdir(folder)).filter((each) => FINDING.test(each))) {
    const finding = await readJson(join(folder, name), storedFinding, log)
    if (finding) await store.saveFinding(stored.id, finding)
  }
  const audit = await orNull(readAuditFolder(folder), log)
  if (audit) await store.saveAudit(stored.id, audit)
}

/** Null where the file is not there or cannot be understood: one bad file must not take the others with it. */
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
  } catch {
    log.warn({}, 'something saved by an earlier version cannot be read and is left out')
    return null
  }
}
