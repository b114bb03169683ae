import { join } from 'node:path'
import { unpackedFolder } from './unpackedFolder'

/**
 * The program of a worker thread: the bundle beside the calling bundle, or the source beside the calling module.
 *
 * @param name of the bundle, without its ending
 * @param callerUrl `import.meta.url` of the calling module; in a bundle it is the bundle's
 */
export function threadProgram(name: string, callerUrl: string): string {
  return join(unpackedFolder(callerUrl), callerUrl.endsWith('.ts') ? `${name}FromSource.mjs` : `${name}.cjs`)
}
