import { resolve } from 'node:path'
import type { LabData } from '../app/lab'

/** Where the development data lie: in the folder of SIMPLEBITS_DATA, else in ../shared/data. */
export function dataFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return resolve(environment['SIMPLEBITS_DATA'] ?? '../shared/data')
}

/** The same until the user chooses another one. */
export function chosenData(environment: Readonly<Record<string, string | undefined>>): LabData {
  let chosen = dataFolder(environment)
  return { folder: () => chosen, use: (folder) => (chosen = folder) }
}
