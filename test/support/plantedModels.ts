import { createHash } from 'node:crypto'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { BUNDLED_CLASSIFIER } from '../../contract'

export const plantedFolder = resolve(import.meta.dirname, '../fixtures/planted')
const PLANTED = 'letter-128'

/** The classifier that reads a letter, under the name of the product's: as if the product's were such a one. */
export async function writePlantedModels(root: string): Promise<void> {
  const to = join(root, BUNDLED_CLASSIFIER)
  await cp(join(plantedFolder, PLANTED), to, { recursive: true })
  const model = (await readFile(join(to, 'model.json'), 'utf8')).replace(PLANTED, BUNDLED_CLASSIFIER)
  await writeFile(join(to, 'model.json'), model)
  const manifest: unknown = JSON.parse(await readFile(join(to, 'manifest.json'), 'utf8'))
  const files = { ...Object(Object(manifest).files), 'model.json': createHash('sha256').update(model).digest('hex') }
  await writeFile(join(to, 'manifest.json'), JSON.stringify({ ...Object(manifest), files }))
}
