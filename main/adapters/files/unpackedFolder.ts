import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folder of a module, seen outside a packaged app's archive: a child process and a thread read it as plain Node
 * does, which knows no archives (electron-builder.yml lays it beside).
 *
 * @param moduleUrl `import.meta.url` of the module; in a bundle it is the bundle's
 */
export function unpackedFolder(moduleUrl: string): string {
  return dirname(fileURLToPath(moduleUrl)).replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
}
