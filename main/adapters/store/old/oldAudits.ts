import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { auditRecord, SimpleBitsError, type AuditRecord } from '../../../../contract'
import type { StoredAudit, StoredTensor } from '../../../ports'
import { decodeSafetensors } from '../../tensors'

const FINISHED = /^audit-(\d{6})$/

/** Audits as the first versions kept them: a folder `audit-000001` of audit.json and way.safetensors; the highest number counts. */
async function readAuditRecord(caseFolder: string): Promise<AuditRecord | null> {
  const last = (await numbers(caseFolder)).at(-1)
  if (last === undefined) return null
  return auditRecord.parse(JSON.parse(await readFile(join(folderOf(caseFolder, last), 'audit.json'), 'utf8')))
}

export async function readAuditFolder(caseFolder: string): Promise<StoredAudit | null> {
  const last = (await numbers(caseFolder)).at(-1)
  const record = await readAuditRecord(caseFolder)
  if (last === undefined || record === null) return null
  const { tensors } = decodeSafetensors(
    await readFile(join(folderOf(caseFolder, last), 'way.safetensors')),
    'The saved audit',
  )
  const pictures = tensors['pictures']
  return {
    record,
    frames: {
      count: pictures?.shape[0] ?? 0,
      pictures: bytes(pictures),
      maps: floats(tensors['maps']),
      details: null,
    },
    originalMap: floats(tensors['original_map']),
    simplifiedMap: floats(tensors['simplified_map']),
    simplifiedPicture: bytes(tensors['simplified_picture']),
  }
}

function floats(tensor: StoredTensor | undefined): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data
  throw new SimpleBitsError('FILE_UNREADABLE', 'The saved audit lacks its maps. Audit the film again.')
}

function bytes(tensor: StoredTensor | undefined): Uint8Array {
  if (tensor?.data instanceof Uint8Array) return tensor.data
  throw new SimpleBitsError('FILE_UNREADABLE', 'The saved audit lacks its pictures. Audit the film again.')
}

/** Numbers of the finished audits, ascending. */
async function numbers(caseFolder: string): Promise<number[]> {
  const names = await readdir(caseFolder).catch(() => [])
  return names
    .flatMap((name) => FINISHED.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

function folderOf(caseFolder: string, number: number): string {
  return join(caseFolder, `audit-${String(number).padStart(6, '0')}`)
}
