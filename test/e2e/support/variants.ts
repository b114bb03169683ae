import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { syntheticFilm, writeDicom } from '../../support/dicomWriter'
import { repository } from './workstation'

const SOURCES = [1, 2, 3, 4, 5]
/** These bundled films are uncompressed, 1024 × 1024, 8 bits, and their pixels stand last. */
const SOURCE_SIDE = 1024
const SIDE = 256

/**
 * Writes `count` different films into a folder: bundled radiographs made smaller, each with another contrast and shift, own
 * UIDs and an own invented patient. Answers with their names.
 */
export function writeVariants(folder: string, count: number): string[] {
  mkdirSync(folder, { recursive: true })
  const sources = SOURCES.map((number) => readFileSync(join(repository, `demo/udacity_nih_test${number}.dcm`)))
  return Array.from({ length: count }, (_, number) => {
    const source = sources[number % sources.length]?.subarray(-SOURCE_SIDE * SOURCE_SIDE) ?? new Uint8Array()
    const name = `variant-${String(number + 1).padStart(2, '0')}.dcm`
    const identity = {
      '00080018': ['UI', `2.25.77.${number + 1}`],
      '0020000D': ['UI', `2.25.78.${number + 1}`],
      '0020000E': ['UI', `2.25.79.${number + 1}`],
      '00080020': ['DA', `202001${String((number % 28) + 1).padStart(2, '0')}`],
      '00100010': ['PN', `INVENTED^${number + 1}`],
      '00100020': ['LO', `P-${number + 1}`],
      '00185101': ['CS', 'PA'],
    } as const
    const pixels = varied(source, number)
    writeFileSync(join(folder, name), writeDicom(syntheticFilm(pixels, { width: SIDE, height: SIDE }, identity)))
    return name
  })
}

/** Every fourth pixel, moved sideways by the variant's number and with its own contrast. */
function varied(source: Uint8Array, number: number): Uint8Array {
  const contrast = 1 - 0.03 * Math.floor(number / SOURCES.length)
  const step = SOURCE_SIDE / SIDE
  return Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    const x = Math.min(SIDE - 1, (i % SIDE) + number)
    const y = Math.floor(i / SIDE)
    return 128 + ((source[y * step * SOURCE_SIDE + x * step] ?? 0) - 128) * contrast
  })
}
