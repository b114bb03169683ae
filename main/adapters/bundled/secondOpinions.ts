import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { secondOpinion } from '../../../contract'
import type { SecondOpinions } from '../../ports'
import { installedFolder } from '../files'

/** demo/secondOpinions.json, made by demo/makeSecondOpinions.ts. */
const opinionsFile = z.object({
  model: z.string(),
  source: z.string(),
  films: z.record(z.string(), secondOpinion.pick({ effusion: true, others: true })),
})

/** What a published model says of the bundled films; of no film where the installation has no such file. */
export async function bundledOpinions(root?: string): Promise<SecondOpinions> {
  const folder = installedFolder('demo', root)
  const text = folder === null ? null : await readFile(join(folder, 'secondOpinions.json'), 'utf8').catch(() => null)
  if (text === null) return { opinionOn: () => null }
  const { films, model, source } = opinionsFile.parse(JSON.parse(text))
  return {
    opinionOn(file) {
      const found = Object.hasOwn(films, file) ? films[file] : undefined
      return found ? { model, source, ...found } : null
    },
  }
}
