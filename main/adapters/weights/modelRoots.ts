import { delimiter } from 'node:path'
import { installedFolder } from '../files'

/** Where models are looked for, in order: the folders that SIMPLEBITS_MODELS names, then those of the installation. */
export function modelRoots(environment: Readonly<Record<string, string | undefined>>, root?: string): string[] {
  const named = (environment['SIMPLEBITS_MODELS'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const installed = installedFolder('models', root)
  return installed === null ? named : [...named, installed]
}
