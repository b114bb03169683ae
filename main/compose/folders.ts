import { caseFolders } from '../adapters/files'

/**
 * Makes the folder that results go into, before anything is computed for it.
 * @throws SimpleBitsError WRITE_FAILED where nothing can be written there
 */
export function requireFolder(out: string): Promise<void> {
  return caseFolders.ready(out)
}
