import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = process.env['SIMPLEBITS_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data')

/**
 * Path inside the shared data, which do not ship with the product; null where they are missing, with the reason printed:
 * `describe.skipIf(path === null)`.
 */
export function sharedData(...parts: string[]): string | null {
  const path = join(folder, ...parts)
  if (existsSync(path)) return path
  console.log(`skipped: the shared data ${parts.join('/')} are not here (set SIMPLEBITS_DATA)`)
  return null
}
