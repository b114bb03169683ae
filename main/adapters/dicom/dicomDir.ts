import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DataSet } from 'dicom-parser'
import { MOST_FILES_AN_IMPORT } from '../../../contract'
import { fileBytes } from './fileBytes'
import { parseDataset } from './parseDataset'

/** Directory records (PS3.3 F.3.2.2). */
const RECORDS = 'x00041220'
const RECORD_TYPE = 'x00041430'
const IN_USE = 'x00041410'
const REFERENCED_FILE = 'x00041500'
/** A record that is not 0xFFFF in use was taken out of the directory (retired, but still about). */
const INACTIVE = 0x0000

/** A DICOMDIR of some thousand films has a few megabytes. */
const MAX_BYTES = 64 * 1024 * 1024

/** True for the index file of DICOM media, by its name (PS3.10 8.6). */
export const isDicomDir = (path: string): boolean => /(^|[\\/])DICOMDIR$/i.test(path)

export interface DicomDir {
  /** Its images in its order, those that are not there too: reading them says so. */
  readonly images: readonly string[]
  /** Presentation states, reports and what else it refers to. */
  readonly others: readonly string[]
  /** How many of its images are there. */
  readonly found: number
}

/**
 * The files that a DICOMDIR refers to. Media are often read on systems that spell the names in small letters or add a
 * version, so names are compared without regard to that. Null where it cannot be read: then the folder itself says what
 * there is.
 */
export async function readDicomDir(path: string): Promise<DicomDir | null> {
  try {
    // It is in explicit little endian, whatever its films are in (PS3.10 8.6): one that has to be unpacked is none.
    const { dataSet } = parseDataset(await fileBytes(path, MAX_BYTES), { deflated: false })
    const records = dataSet.elements[RECORDS]?.items ?? []
    const references = records
      .flatMap((item) => (item.dataSet ? referenceOf(item.dataSet) : []))
      .slice(0, MOST_FILES_AN_IMPORT)
    const listings: Listings = new Map()
    const places = await Promise.all(
      references.map(async ({ isImage, parts }) => {
        const found = await findBelow(dirname(path), parts, listings)
        return { isImage, found: found !== null, file: found ?? join(dirname(path), ...parts) }
      }),
    )
    const images = places.filter(({ isImage }) => isImage)
    return {
      images: images.map(({ file }) => file),
      others: places.filter(({ isImage }) => !isImage).map(({ file }) => file),
      found: images.filter(({ found }) => found).length,
    }
  } catch {
    return null
  }
}

interface Reference {
  readonly isImage: boolean
  /** The components of the file's name (PS3.10 8.2). */
  readonly parts: readonly string[]
}

function referenceOf(record: DataSet): Reference[] {
  const isImage = record.string(RECORD_TYPE)?.trim() === 'IMAGE' && record.uint16(IN_USE) !== INACTIVE
  const text = record.string(REFERENCED_FILE) ?? ''
  const parts = text.split('\\').map((part) => part.trim())
  // Eight components of letters, digits and underscores at most; anything else might lead out of the medium.
  return parts.every((part) => /^[A-Za-z0-9_]{1,64}$/.test(part)) ? [{ isImage, parts }] : []
}

/** What lies in each folder, by its name as it is and by its plain one; read once, however many images lie there. */
type Listings = Map<string, Promise<ReadonlyMap<string, string>>>

async function findBelow(folder: string, parts: readonly string[], listings: Listings): Promise<string | null> {
  let place = folder
  for (const part of parts) {
    const listing = listings.get(place) ?? listingOf(place)
    listings.set(place, listing)
    const names = await listing
    const name = names.get(part) ?? names.get(plain(part))
    if (name === undefined) return null
    place = join(place, name)
  }
  return place
}

async function listingOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder).catch(() => [])
  // Later entries win: the first of several with one plain name, and before all a name as it is.
  return new Map([
    ...[...names].reverse().map((name) => [plain(name), name] as const),
    ...names.map((name) => [name, name] as const),
  ])
}

/** "im0001.;1" and "IM0001" are one name (ISO 9660). */
const plain = (name: string): string => name.toUpperCase().replace(/\.?(;\d+)?$/, '')
