import { join } from 'node:path'
import type { SampleGrid } from '../../../../contract'
import { contactSheet } from '../../../domain/experiments'
import { writeAtomic } from '../../files'
import { DISCLAIMER, encodeColour } from '../../pictures'

/** Writes the pictures of a cell as they are looked at: each original above its simplified twin, pixels enlarged to squares. */
export async function writeSamples(run: string, samples: SampleGrid): Promise<void> {
  const { originals, pictures } = samples
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const stored = { ...samples, originals: originals && base64(originals), pictures: base64(pictures) }
  await writeAtomic(join(run, 'samples', `${samples.cell}.json`), `${JSON.stringify(stored)}\n`)
  await writeAtomic(join(run, 'samples', `${samples.cell}.png`), encodeColour(contactSheet(samples), DISCLAIMER))
}
