import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * A folder that came with the installation (`models`, `demo`, `test/golden/data`): in a packaged app beside its archive,
 * where plain Node reads too; else in the repository, seen from the sources or from the bundle. Null where it is not there.
 *
 * @param root looked in first
 */
export function installedFolder(name: string, root?: string): string | null {
  const here = dirname(fileURLToPath(import.meta.url))
  const resources = 'resourcesPath' in process ? [String(process.resourcesPath)] : []
  const repository = [join(here, '..', '..'), join(here, '..', '..', '..')]
  return (
    [...(root === undefined ? [] : [root]), ...resources, ...repository]
      .map((root) => join(root, name))
      .find((folder) => existsSync(folder)) ?? null
  )
}
