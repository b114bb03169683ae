import { join } from 'node:path'
import { unpackedFolder } from '../files'

/**
 * The decoding thread's program: the bundle beside the calling bundle, or the source beside this file.
 * @param callerUrl `import.meta.url` of this module; in a bundle it is the bundle's
 */
export function decodeWorkerFile(callerUrl: string = import.meta.url): string {
  return join(unpackedFolder(callerUrl), callerUrl.endsWith('.ts') ? 'decodeWorkerFromSource.mjs' : 'decodeWorker.cjs')
}
