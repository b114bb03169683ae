import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'

/**
 * Makes secondOpinions.json: `npx tsx demo/makeSecondOpinions.ts`. A published DenseNet-121's probabilities for the bundled
 * films that it was tested on, from nih/densenet121_predictions.csv in ../shared/data or the folder of SIMPLEBITS_DATA.
 */
const here = fileURLToPath(new URL('.', import.meta.url))
const data = resolve(process.env['SIMPLEBITS_DATA'] ?? join(here, '..', '..', 'shared', 'data'))
const OTHERS = 3

const cases = z
  .object({ cases: z.array(z.object({ file: z.string(), source: z.string() })) })
  .parse(JSON.parse(readFileSync(join(here, 'cases.json'), 'utf8'))).cases
const rows = parse<Record<string, string>>(readFileSync(join(data, 'nih', 'densenet121_predictions.csv')), {
  columns: true,
  skip_empty_lines: true,
})
const byId = new Map(rows.map((row) => [row['id'] ?? '', row]))

const films = Object.fromEntries(
  cases.flatMap(({ file }) => {
    const row = byId.get(file.replace(/\.dcm$/, ''))
    if (!row) return []
    const others = Object.entries(row)
      .filter(([column]) => column !== 'id' && column !== 'Effusion')
      .map(([finding, text]) => ({ finding: finding.replaceAll('_', ' ').toLowerCase(), probability: Number(text) }))
      .sort((a, b) => b.probability - a.probability)
      .slice(0, OTHERS)
    return [[file, { effusion: Number(row['Effusion']), others }]]
  }),
)
const source =
  'J. Zech, reproduce-chexnet (2018), BSD-3-Clause: predictions of a DenseNet-121 on films of NIH ChestX-ray14 that it was not trained on'
const opinions = { model: 'DenseNet-121', source, films }
writeFileSync(join(here, 'secondOpinions.json'), `${JSON.stringify(opinions, null, 2)}\n`)
console.log(`${Object.keys(films).length} of ${cases.length} bundled films have a second opinion`)
