import { access, readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { experiment, experimentRun, type Experiment, type LabMissing } from '../../../contract'
import type { LabCatalogue, Logger, ModelStore } from '../../ports'
import { dataFilesOf } from '../experimentData'
import { installedFolder } from '../files'

interface CatalogueOptions {
  /** The data folder at the moment. */
  readonly data: () => string
  /** The folder that holds experiments/, where it is not the one of the installation. */
  readonly resources?: string | undefined
  readonly models: ModelStore
  readonly log: Logger
}

/** Experiments and published runs of the installation; data and flows as they are found on this machine. */
export function labCatalogue({ data, resources, models, log }: CatalogueOptions): LabCatalogue {
  const read = async <T>(folder: string | null, parse: (json: unknown) => T): Promise<{ file: string; value: T }[]> => {
    if (folder === null) return []
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort()
    const found = await Promise.all(
      names.map(async (file) => {
        try {
          return [{ file, value: parse(JSON.parse(await readFile(join(folder, file), 'utf8'))) }]
        } catch (error) {
          log.warn({ file, problem: String(error) }, 'a file of the lab was refused')
          return []
        }
      }),
    )
    return found.flat()
  }
  return {
    async templates() {
      const found = await read(installedFolder('experiments', resources), (json) => experiment.parse(json))
      return found.map(({ file, value }) => ({ file, experiment: value }))
    },
    async publishedRuns() {
      const found = await read(installedFolder('docs/results/runs', resources), (json) => experimentRun.parse(json))
      return found.map(({ value }) => value)
    },
    async missing(wanted) {
      return (await missingFlow(models, wanted)) ?? (await missingData(data(), wanted))
    },
  }
}

async function missingFlow(models: ModelStore, { flow }: Experiment): Promise<LabMissing | null> {
  try {
    if ((await models.describe(flow)).file.kind === 'flow') return null
  } catch {
    // told below
  }
  return { what: 'flow', text: `The flow ${flow} is not installed here. Choose another one.` }
}

async function missingData(root: string, { data }: Experiment): Promise<LabMissing | null> {
  for (const file of dataFilesOf(data)) {
    try {
      await access(resolve(root, file))
    } catch {
      const text = `Its data were not found: there is no ${file} in ${root}. Choose the folder that holds natural/ and nih/.`
      return { what: 'data', text }
    }
  }
  return null
}
