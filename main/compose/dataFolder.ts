import { resolve } from 'node:path'

/** Where the development data lie: in the folder of SIMPLEBITS_DATA, else in ../shared/data. */
export function dataFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return resolve(environment['SIMPLEBITS_DATA'] ?? '../shared/data')
}
