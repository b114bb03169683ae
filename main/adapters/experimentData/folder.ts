import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { group } from 'd3-array'
import { decode } from 'fast-png'
import { z } from 'zod'
import { MODEL_SIZE, SimpleBitsError, type ExperimentData } from '../../../contract'
import { areaAverage } from '../../domain/areaAverage'
import { modelInput } from '../../domain/modelInput'
import { seededRng } from '../../engine/rng'
import { readFilm } from '../dicom'
import { inColour } from './pictureSet'
import { requireCount } from './distractors'
import { reduced } from './radiographs'
import { SPLITS, type ExperimentSet, type ExperimentSets, type SplitName } from './sets'

type FolderData = Extract<ExperimentData, { set: 'png-folder' | 'dicom-folder' }>

const row = z.object({ file: z.string().min(1), label: z.string().min(1), patient: z.string().optional() })
type Row = z.infer<typeof row>

interface Levels {
  readonly channels: 1 | 3
  readonly levels: Uint8Array
}

const DEAL_SEED = 20_220_110

/**
 * Pictures of a folder, listed in a table (CSV with the columns `file`, `label` and, where known, `patient`), averaged to a
 * square. Patients are dealt by seed: none is in two splits. DICOM files go through `model-input/1`; PNG files stay as they are.
 *
 * @param root what relative folders and tables are relative to
 * @throws SimpleBitsError DATA_MISSING, BAD_REQUEST, and what the decoders throw
 */
export async function loadFolder(root: string, data: FolderData): Promise<ExperimentSets> {
  const table = resolve(root, data.table)
  const rows = await readTable(table)
  const classNames = [...new Set(rows.map(({ label }) => label))].sort()
  const read = data.set === 'png-folder' ? readPng : readFilmLevels
  const dealt = deal(rows, data)
  const pictures = new Map<Row, Levels>()
  for (const chosen of SPLITS.flatMap((split) => dealt[split]))
    pictures.set(chosen, await read(join(resolve(root, data.folder), chosen.file), data.size))
  const channels = [...pictures.values()].some((picture) => picture.channels === 3) ? 3 : 1
  const make = (split: SplitName) => toSet(dealt[split], { pictures, classNames, channels, size: data.size })
  const [train, validation, test] = SPLITS.map(make) as [ExperimentSet, ExperimentSet, ExperimentSet]
  return { size: data.size, channels, classNames, train, validation, test, files: [data.table, data.folder] }
}

async function readTable(path: string): Promise<Row[]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new SimpleBitsError('DATA_MISSING', `data.table: there is no readable table ${path}.`, { cause })
  }
  const found = z.array(row).safeParse(parse(text, { columns: true, skip_empty_lines: true, trim: true }))
  if (found.success) return found.data
  throw new SimpleBitsError('BAD_REQUEST', `data.table: it needs the columns file and label. ${found.error.message}`)
}

/** Test, validation, training, in this order, patient by patient until each is full. */
function deal(rows: readonly Row[], data: FolderData): Record<SplitName, Row[]> {
  const patients = group(rows, (one) => one.patient || one.file)
  const groups = [...patients.values()]
  const order = seededRng(DEAL_SEED)
    .permutation(groups.length)
    .flatMap((place) => [groups[place] ?? []])
  const dealt: Record<SplitName, Row[]> = { train: [], validation: [], test: [] }
  for (const films of order) {
    const split = (['test', 'validation', 'train'] as const).find((name) => dealt[name].length < data[name])
    if (split) dealt[split].push(...films)
  }
  for (const split of SPLITS) {
    requireCount({ count: dealt[split].length }, { split, count: data[split], name: data.table })
    dealt[split] = dealt[split].slice(0, data[split])
  }
  return dealt
}

async function readPng(path: string, size: number): Promise<Levels> {
  const picture = decode(await orMissing(path, readFile(path)))
  const { width, height, channels: stored, depth } = picture
  const colour = stored >= 3
  const planes = (colour ? [0, 1, 2] : [0]).map((channel) => {
    const values = Float32Array.from({ length: width * height }, (_, i) => picture.data[i * stored + channel] ?? 0)
    return areaAverage(values, { width, height }, { width: size, height: size })
  })
  const scale = 255 / (2 ** depth - 1)
  const levels = Uint8Array.from({ length: planes.length * size * size }, (_, i) =>
    Math.round((planes[i % planes.length]?.[Math.floor(i / planes.length)] ?? 0) * scale),
  )
  return { channels: colour ? 3 : 1, levels }
}

async function readFilmLevels(path: string, size: number): Promise<Levels> {
  if (size > MODEL_SIZE)
    throw new SimpleBitsError('BAD_REQUEST', `data.size: films are read at ${MODEL_SIZE} pixels at most, not ${size}.`)
  const film = await orMissing(path, readFilm(path))
  return { channels: 1, levels: reduced(modelInput(film).pixels, size) }
}

async function orMissing<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (cause) {
    if (cause instanceof SimpleBitsError && cause.code !== 'FILE_NOT_FOUND') throw cause
    throw new SimpleBitsError('DATA_MISSING', `data.folder: ${path} stands in the table and cannot be read.`, { cause })
  }
}

function toSet(
  rows: readonly Row[],
  of: { pictures: ReadonlyMap<Row, Levels>; classNames: readonly string[]; channels: 1 | 3; size: number },
): ExperimentSet {
  const { size, channels, classNames } = of
  const length = size * size * channels
  const pictures = new Uint8Array(rows.length * length)
  rows.forEach((one, i) => {
    const found = of.pictures.get(one)
    if (!found) return
    const single = { size, channels: found.channels, count: 1, pictures: found.levels, labels: new Uint8Array(1) }
    pictures.set(channels === 3 ? inColour(single).pictures : found.levels, i * length)
  })
  const labels = Uint8Array.from(rows, ({ label }) => classNames.indexOf(label))
  return { size, channels, count: rows.length, pictures, labels, parts: null }
}
