import { createHash } from 'node:crypto'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** Copies a model folder under another name, its manifest along with it. */
export async function copyModelAs(from: string, root: string, name: string): Promise<void> {
  const to = join(root, name)
  await cp(from, to, { recursive: true })
  const model = (await readFile(join(to, 'model.json'), 'utf8')).replace(basename(from), name)
  await writeFile(join(to, 'model.json'), model)
  const manifest: unknown = JSON.parse(await readFile(join(to, 'manifest.json'), 'utf8'))
  const files = { ...Object(Object(manifest).files), 'model.json': createHash('sha256').update(model).digest('hex') }
  await writeFile(join(to, 'manifest.json'), JSON.stringify({ ...Object(manifest), files }))
}
