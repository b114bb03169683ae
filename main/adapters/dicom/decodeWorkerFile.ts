import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The decoding thread's program: the bundle beside the calling bundle, or the source beside this file.
 * @param callerUrl `import.meta.url` of this module; in a bundle it is the bundle's
 */
export function decodeWorkerFile(callerUrl: string = import.meta.url): string {
  const caller = fileURLToPath(callerUrl)
  return join(dirname(caller), basename(caller).endsWith('.ts') ? 'decodeWorkerFromSource.mjs' : 'decodeWorker.cjs')
}
