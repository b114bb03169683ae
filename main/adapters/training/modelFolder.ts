import { join } from 'node:path'
import { modelManifest } from '../../../contract'
import { hashOf, writeAtomic } from '../files'
import { prettyJson, type ManifestFields } from './provenance'

/**
 * Writes models/<name>: its files, and last `manifest.json` with their hashes.
 * @throws SimpleBitsError WRITE_FAILED
 */
export async function writeModelFolder(
  out: string,
  files: Readonly<Record<string, Uint8Array | string>>,
  manifest: ManifestFields,
): Promise<void> {
  const hashes = Object.fromEntries(Object.entries(files).map(([name, content]) => [name, hashOf(content)]))
  const whole = modelManifest.parse({ files: hashes, ...manifest })
  for (const [name, content] of Object.entries(files)) await writeAtomic(join(out, name), content)
  await writeAtomic(join(out, 'manifest.json'), prettyJson(whole))
}
