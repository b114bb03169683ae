import { open, readdir, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { MOST_FILES_AN_IMPORT } from '../../../contract'
import type { DiscoveredFiles } from '../../ports'
import { isDicomDir, readDicomDir, type DicomDir } from './dicomDir'

const IMAGES = new Set(['.dcm', '.dicom', '.dic', '.png', '.jpg', '.jpeg'])
/** Numbered slices and UIDs end in what looks like an extension but is a number. */
const NUMBER = /^\.\d+$/

/**
 * The files behind files and folders. A file named by the user is always a candidate, so that reading it can say what is
 * wrong; in folders, files are taken by their name, or where it says nothing by the DICOM prefix. A DICOMDIR, named or found on
 * top of a folder, says which of the medium's files are images; beside it, a folder's files with the DICOM prefix are
 * taken that it does not mention. Where it cannot be read, or none of its images is there, the folder is searched
 * like any other. A folder that cannot be listed is among the files, so that reading it can say so too.
 *
 * @param readIndex may read a DICOMDIR away from the caller's thread
 * @param signal ends it early, with what it has found
 */
export async function discoverFiles(
  paths: readonly string[],
  readIndex: ReadIndex = readDicomDir,
  signal?: AbortSignal,
): Promise<DiscoveredFiles> {
  const files: string[] = []
  let skipped = 0
  for (const path of paths) {
    if (signal?.aborted) break
    const isFolder = await stat(path).then(
      (facts) => facts.isDirectory(),
      () => false,
    )
    if (!isFolder && !isDicomDir(path)) {
      files.push(path)
      continue
    }
    const index = await indexAt(path, readIndex)
    for (const image of index.images) if (files.length < MOST_FILES_AN_IMPORT) files.push(image)
    if (!isFolder && index.found > 0) continue
    const named = new Set([...index.images, ...index.others])
    const isWanted = index.found > 0 ? isBesideIndex : isCandidate
    for await (const { path: entry, is } of entriesIn(isFolder ? path : dirname(path), signal)) {
      if (files.length >= MOST_FILES_AN_IMPORT) break
      if (named.has(entry)) continue
      if (is === 'unlisted' || (is === 'file' && (await isWanted(entry)))) files.push(entry)
      else skipped += 1
    }
  }
  return { files: [...new Set(files)], skipped }
}

type ReadIndex = (path: string) => Promise<DicomDir | null>

const NO_INDEX: DicomDir = { images: [], others: [], found: 0 }

/** What the DICOMDIR at this place refers to; nothing where there is none. */
async function indexAt(path: string, readIndex: ReadIndex): Promise<DicomDir> {
  if (isDicomDir(path)) return (await readIndex(path)) ?? NO_INDEX
  const name = (await readdir(path).catch(() => [])).find(isDicomDir)
  return name === undefined ? NO_INDEX : ((await readIndex(join(path, name))) ?? NO_INDEX)
}

interface Entry {
  readonly path: string
  /** `other`: a link to a folder, a device or a pipe; `unlisted`: a folder that cannot be listed. */
  readonly is: 'file' | 'other' | 'unlisted'
}

/** Depth first, by name. Links to folders are not followed, for they may lead in circles; devices and pipes are no films. */
async function* entriesIn(folder: string, signal?: AbortSignal): AsyncGenerator<Entry> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null)
  if (entries === null) return yield { path: folder, is: 'unlisted' }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (signal?.aborted) return
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* entriesIn(path, signal)
    else if (entry.isFile() || (entry.isSymbolicLink() && (await mayBeFile(path)))) yield { path, is: 'file' }
    else yield { path, is: 'other' }
  }
}

/** A link that leads nowhere is left to reading, which says so. */
const mayBeFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isFile(),
    () => true,
  )

/** Pictures without the prefix are the viewer's on the medium, not films. */
const isBesideIndex = async (path: string): Promise<boolean> => !isDicomDir(path) && (await hasDicomPrefix(path))

async function isCandidate(path: string): Promise<boolean> {
  if (isDicomDir(path)) return false
  const extension = extname(path).toLowerCase()
  if (IMAGES.has(extension)) return true
  if (extension !== '' && !NUMBER.test(extension) && extension.length <= 5) return hasDicomPrefix(path)
  return (await hasDicomPrefix(path)) || (extension === '' && (await startsLikeDataset(path)))
}

async function hasDicomPrefix(path: string): Promise<boolean> {
  return (await bytesAt(path, 128))?.toString('latin1') === 'DICM'
}

/** A bare data set begins with an element of group 0002 or 0008. */
async function startsLikeDataset(path: string): Promise<boolean> {
  const group = (await bytesAt(path, 0))?.readUInt16LE(0)
  return group === 0x0002 || group === 0x0008 || group === 0x0800
}

async function bytesAt(path: string, position: number): Promise<Buffer | null> {
  try {
    const file = await open(path)
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, position)
      return bytesRead === 4 ? buffer : null
    } finally {
      await file.close()
    }
  } catch {
    return null
  }
}
