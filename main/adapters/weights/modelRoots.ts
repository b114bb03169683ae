import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Where models are looked for, in order: the folders that SIMPLEBITS_MODELS names, then those that came with the
 * installation (beside the sources or the bundle; in a packaged app outside the archive, where plain Node reads them).
 */
export function modelRoots(environment: Readonly<Record<string, string | undefined>>): string[] {
  const named = (environment['SIMPLEBITS_MODELS'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const here = dirname(fileURLToPath(import.meta.url))
  const resources = 'resourcesPath' in process ? [join(String(process.resourcesPath), 'models')] : []
  const installed = [...resources, join(here, '..', '..', 'models'), join(here, '..', '..', '..', 'models')]
  return [...named, ...installed.filter((folder) => existsSync(folder)).slice(0, 1)]
}
