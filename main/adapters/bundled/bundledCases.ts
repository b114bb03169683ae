import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { reportLabel, type ReportLabel } from '../../../contract'
import { installedFolder } from '../files'

/** demo/cases.json, as far as the product reads it. */
const casesFile = z.object({ cases: z.array(z.object({ file: z.string(), reportLabel: reportLabel.nullable() })) })

interface BundledCase {
  readonly path: string
  readonly reportLabel: ReportLabel | null
}

/** The films that come with the product, in their order; empty where the installation has none. */
export async function bundledCases(root?: string): Promise<BundledCase[]> {
  const folder = installedFolder('demo', root)
  const text = folder === null ? null : await readFile(join(folder, 'cases.json'), 'utf8').catch(() => null)
  if (folder === null || text === null) return []
  const { cases } = casesFile.parse(JSON.parse(text))
  return cases.map(({ file, reportLabel: label }) => ({ path: join(folder, file), reportLabel: label }))
}
