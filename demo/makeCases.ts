import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { ReportLabel } from '../contract'
import { encodeJpegLs } from '../main/adapters/codec'
import { readFilm } from '../main/adapters/dicom'
import { nihCatalogue, type NihFilm } from './nihCatalogue'
import { secondaryCapture } from './secondaryCapture'

/**
 * Makes the bundled cases: `npx tsx demo/makeCases.ts`. Which films is in selection.json; the sources lie in ../shared/data
 * or the folder that SIMPLEBITS_DATA names. Every file is read back and compared before it counts as made.
 * `--all --out FOLDER` converts all films of demo1024 to look at them.
 */
const here = fileURLToPath(new URL('.', import.meta.url))
const { values: options } = parseArgs({
  options: { all: { type: 'boolean', default: false }, out: { type: 'string', default: here } },
})
const dataFolder = resolve(process.env['SIMPLEBITS_DATA'] ?? join(here, '..', '..', 'shared', 'data'))
const out = resolve(options.out)

interface DemoCase {
  readonly file: string
  readonly reportLabel: ReportLabel
  readonly findings: readonly string[]
  readonly source: string
  readonly attribution: string
}

const UDACITY_FINDINGS = z.enum(['No Finding', 'Cardiomegaly', 'Effusion'])

async function makeNihCase(film: NihFilm): Promise<DemoCase> {
  const png = join(dataFolder, 'demo1024', `${film.index}.png`)
  const { header, pixels } = await readFilm(png)
  if (!(pixels instanceof Uint8Array)) throw new Error(`${png} is no 8-bit picture`)
  const { width, height, sha256 } = header
  const jpegLs = await encodeJpegLs(pixels, { width, height })
  const file = `nih_${film.index}.dcm`
  writeFileSync(join(out, file), secondaryCapture(film, { width, height, jpegLs, sourceSha256: sha256 }))
  const back = await readFilm(join(out, file))
  if (Buffer.compare(Buffer.from(back.pixels.buffer), Buffer.from(pixels)) !== 0)
    throw new Error(`${file} does not hold the pixels of its source`)
  return {
    file,
    ...labelled(film.findings),
    source: `NIH ChestX-ray14, image ${film.index}.png`,
    attribution: 'NIH Clinical Center; Wang et al., CVPR 2017',
  }
}

/** These are DICOM already and stay as they are; their finding stands in Study Description. */
async function copyUdacityCase(name: string): Promise<DemoCase> {
  const file = `${name}.dcm`
  writeFileSync(join(out, file), readFileSync(join(dataFolder, 'dicom', 'chest', file)))
  const { header } = await readFilm(join(out, file))
  return {
    file,
    ...labelled([UDACITY_FINDINGS.parse(header.identity.description)]),
    source: 'Udacity, AI for Healthcare course material (MIT licence), made from NIH ChestX-ray14',
    attribution: 'Udacity; NIH Clinical Center; Wang et al., CVPR 2017',
  }
}

const labelled = (findings: readonly string[]): Pick<DemoCase, 'reportLabel' | 'findings'> => ({
  reportLabel: findings.includes('Effusion') ? 'effusion' : 'no effusion',
  findings,
})

const selection = z
  .object({ nih: z.array(z.string()), udacity: z.array(z.string()) })
  .parse(JSON.parse(readFileSync(join(here, 'selection.json'), 'utf8')))
const indices = options.all
  ? readdirSync(join(dataFolder, 'demo1024')).map((file) => file.replace(/\.png$/, ''))
  : selection.nih
const catalogue = nihCatalogue(dataFolder)

mkdirSync(out, { recursive: true })
for (const file of readdirSync(out)) if (file.endsWith('.dcm')) rmSync(join(out, file))
const cases: DemoCase[] = []
for (const index of indices) cases.push(await makeNihCase(catalogue(index)))
for (const name of selection.udacity) cases.push(await copyUdacityCase(name))
writeFileSync(join(out, 'cases.json'), `${JSON.stringify({ cases }, null, 2)}\n`)
console.log(`${cases.length} cases in ${out}`)
