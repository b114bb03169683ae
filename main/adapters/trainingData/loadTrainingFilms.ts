import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { decode } from 'fast-png'
import { z } from 'zod'
import { SimpleBitsError } from '../../../contract'
import { enlarge } from './enlarge'
import { FINDINGS, TRAINING_SIDE, type Split, type TrainingFilm } from './trainingFilm'

const manifestRow = z.object({
  id: z.string(),
  split: z.enum(['train', 'train_hi', 'test_hi', 'test64']),
  label: z.string(),
  sex: z.enum(['M', 'F', '']),
  age: z.string(),
  view: z.enum(['PA', 'AP', '']),
  patient_id: z.string(),
  leak_risk: z.string(),
})
type ManifestRow = z.infer<typeof manifestRow>

/**
 * Reads all labelled radiographs that may be trained on.
 *
 * The patients of the bundled demonstration films are left out wherever the patient is known. For 984 of the 1000 films of
 * the split `train` it is not; compared by picture (32 × 32, correlation) none of them is a copy of a demonstration film.
 *
 * @param root the data folder with `nih/` and `demo1024/`
 * @param splits which splits to read; all where absent
 * @throws SimpleBitsError DATA_MISSING where the folder or a file is not there
 */
export async function loadTrainingFilms(root: string, splits?: readonly Split[]): Promise<TrainingFilm[]> {
  const demonstration = await demonstrationPatients(root)
  const teacher = await teacherProbabilities(root)
  const rows = z.array(manifestRow).parse(await readCsv(join(root, 'nih', 'manifest.csv')))
  const films: TrainingFilm[] = []
  for (const row of rows) {
    if (splits && !splits.includes(row.split)) continue
    const patientId = row.patient_id === '' ? null : String(Number(row.patient_id))
    if (patientId !== null && demonstration.has(patientId)) continue
    films.push({
      id: row.id,
      split: row.split,
      native: row.split === 'test64' ? 64 : 256,
      leakRisk: row.leak_risk === '' ? null : Number(row.leak_risk),
      patientId,
      view: row.view === '' ? null : row.view,
      sex: row.sex === '' ? null : row.sex,
      age: row.age === '' ? null : Number(row.age),
      noFinding: row.label === 'No Finding',
      labels: labelsOf(row),
      teacher: teacher.get(row.id) ?? null,
      grey: await readGrey(root, row),
    })
  }
  return films
}

/** NIH patient numbers of the bundled films, from their file names (`00000061_012.png`: patient 61). */
async function demonstrationPatients(root: string): Promise<Set<string>> {
  const files = await orMissing(readdir(join(root, 'demo1024')))
  return new Set(files.filter((file) => file.endsWith('.png')).map((file) => String(Number(file.slice(0, 8)))))
}

/** Grey levels of the bundled films, square, row-major each: nothing may be trained on a copy of them. */
export async function demonstrationFilms(root: string): Promise<Uint8Array[]> {
  const files = await orMissing(readdir(join(root, 'demo1024')))
  const pictures = files.filter((file) => file.endsWith('.png')).sort()
  return Promise.all(
    pictures.map(async (file) => Uint8Array.from(decode(await readFile(join(root, 'demo1024', file))).data)),
  )
}

/** In `train` only the finding asked for is labelled; what else an effusion film shows is not known there. */
function labelsOf(row: ManifestRow): (0 | 1 | null)[] {
  const named = row.label.split('|')
  return FINDINGS.map((finding) => {
    if (named.includes(finding)) return 1
    return row.split === 'train' && !named.includes('No Finding') ? null : 0
  })
}

async function teacherProbabilities(root: string): Promise<Map<string, number[]>> {
  const rows = await readCsv(join(root, 'nih', 'densenet121_predictions.csv'))
  return new Map(rows.map((row) => [row['id'] ?? '', FINDINGS.map((finding) => Number(row[finding]))]))
}

async function readGrey(root: string, row: ManifestRow): Promise<Uint8Array> {
  const folder = row.split === 'test64' ? 'png64' : 'png256'
  const picture = decode(await orMissing(readFile(join(root, 'nih', folder, `${row.id}.png`))))
  const side = picture.width
  if (picture.height !== side || picture.channels !== 1 || picture.depth !== 8 || TRAINING_SIDE % side !== 0)
    throw new SimpleBitsError('DATA_MISSING', `${row.id}.png is not a square 8-bit grey picture as the data set says.`)
  const grey = Uint8Array.from(picture.data)
  return side === TRAINING_SIDE ? grey : enlarge(grey, side, TRAINING_SIDE)
}

async function readCsv(path: string): Promise<Record<string, string>[]> {
  return parse<Record<string, string>>(await orMissing(readFile(path)), { columns: true, skip_empty_lines: true })
}

async function orMissing<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (cause) {
    throw new SimpleBitsError(
      'DATA_MISSING',
      'The training radiographs were not found. Set SIMPLEBITS_DATA to the folder that holds nih/ and demo1024/.',
      { cause },
    )
  }
}
