import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { FINDINGS } from '../../main/adapters/trainingData/trainingFilm'
import { temporaryFolder } from './temporaryFolder'
import { trainingFilm } from './trainingFilms'

/** One line of the made-up manifest. */
export interface ManifestLine {
  readonly id: string
  readonly split: string
  readonly label: string
  readonly patient: string
}

/** A small data folder in the layout of the shared one, with made-up pictures; patient 61 stands among the demonstration films. */
export function trainingFolder(lines: readonly ManifestLine[], taught: readonly string[] = []): string {
  const root = temporaryFolder()
  for (const folder of ['nih/png256', 'nih/png64', 'demo1024']) mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, 'demo1024', '00000061_012.png'), '')
  const head = 'id,split,label,effusion,no_finding,sex,age,view,patient_id,nih_index,leak_risk,native'
  const rows = lines.map(({ id, split, label, patient }) => `${id},${split},${label},,,,,PA,${patient},,0.0000,`)
  writeFileSync(join(root, 'nih', 'manifest.csv'), [head, ...rows].join('\n'))
  const probabilities = taught.map((id) => [id, ...FINDINGS.map(() => '0.25')].join(','))
  writeFileSync(
    join(root, 'nih', 'densenet121_predictions.csv'),
    [`id,${FINDINGS.join(',')}`, ...probabilities].join('\n'),
  )
  lines.forEach(({ id, split }, i) => {
    const side = split === 'test64' ? 64 : 256
    const data = trainingFilm({ id, seed: i }).grey.slice(0, side * side)
    const png = encode({ width: side, height: side, channels: 1, depth: 8, data })
    writeFileSync(join(root, 'nih', split === 'test64' ? 'png64' : 'png256', `${id}.png`), png)
  })
  return root
}
