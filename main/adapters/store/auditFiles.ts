import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { auditRecord, SimpleBitsError, type AuditRecord } from '../../../contract'
import type { StoredAudit, StoredTensor, StoredTensors } from '../../ports'
import { decodeSafetensors, encodeSafetensors } from '../weights'

const FINISHED = /^audit-(\d{6})$/
const SIDE = 128

/**
 * An audit is a folder `audit-000001` of two files, audit.json and way.safetensors. It is written beside, flushed, and comes
 * into being by one rename; the highest number counts, older ones are removed afterwards. So the two files always belong
 * together, whenever the process ends.
 */
export async function writeAuditFolder(caseFolder: string, audit: StoredAudit): Promise<void> {
  const before = await numbers(caseFolder)
  const name = `audit-${String((before.at(-1) ?? 0) + 1).padStart(6, '0')}`
  const part = join(caseFolder, `.${name}.part`)
  try {
    await rm(part, { recursive: true, force: true })
    await mkdir(part, { recursive: true })
    await writeFlushed(join(part, 'audit.json'), JSON.stringify(audit.record, null, 2))
    await writeFlushed(join(part, 'way.safetensors'), encodeSafetensors(tensorsOf(audit)))
    await rename(part, join(caseFolder, name))
  } catch (cause) {
    throw new SimpleBitsError(
      'WRITE_FAILED',
      'The audit could not be saved. Check that the disk has room and may be written to.',
      { cause },
    )
  }
  await Promise.all(before.map((number) => rm(folderOf(caseFolder, number), { recursive: true, force: true })))
}

export async function readAuditRecord(caseFolder: string): Promise<AuditRecord | null> {
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
    frames: { count: pictures?.shape[0] ?? 0, pictures: bytes(pictures), maps: floats(tensors['maps']) },
    originalMap: floats(tensors['original_map']),
    simplifiedMap: floats(tensors['simplified_map']),
    simplifiedPicture: bytes(tensors['simplified_picture']),
  }
}

function tensorsOf({ frames, originalMap, simplifiedMap, simplifiedPicture }: StoredAudit): StoredTensors {
  return {
    pictures: { shape: [frames.count, SIDE, SIDE], data: frames.pictures },
    maps: { shape: [frames.count, SIDE, SIDE], data: frames.maps },
    original_map: { shape: [SIDE, SIDE], data: originalMap },
    simplified_map: { shape: [SIDE, SIDE], data: simplifiedMap },
    simplified_picture: { shape: [SIDE, SIDE], data: simplifiedPicture },
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

async function writeFlushed(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}
