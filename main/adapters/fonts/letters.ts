import { readFileSync } from 'node:fs'

/** Segments of characters in a row (subtable format 4 of OpenType's "cmap"), and of those beyond 16 bits (format 12). */
const BASIC = 4
const FULL = 12

/**
 * Which characters a TrueType font has a picture for, by its table "cmap"
 * (https://learn.microsoft.com/typography/opentype/spec/cmap).
 */
export function lettersOf(file: string): (character: string) => boolean {
  const bytes = readFileSync(file)
  const at = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const letters = new Set<number>()
  const table = tableAt(at, 'cmap')
  for (let i = 0; i < at.getUint16(table + 2); i++) {
    const subtable = table + at.getUint32(table + 4 + 8 * i + 4)
    const format = at.getUint16(subtable)
    for (const [first, last] of format === BASIC ? basic(at, subtable) : format === FULL ? full(at, subtable) : [])
      for (let code = first; code <= last; code++) letters.add(code)
  }
  return (character) => letters.has(character.codePointAt(0) ?? 0)
}

type Range = readonly [first: number, last: number]

function tableAt(at: DataView, name: string): number {
  const tables = at.getUint16(4)
  for (let i = 0; i < tables; i++) {
    const entry = 12 + 16 * i
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((k) => at.getUint8(entry + k)))
    if (tag === name) return at.getUint32(entry + 8)
  }
  throw new Error(`The font has no table “${name}”.`)
}

/** Ends of all segments, a gap of two bytes, their starts; the last one, of U+FFFF, stands for nothing. */
function basic(at: DataView, subtable: number): Range[] {
  const segments = at.getUint16(subtable + 6) / 2
  const ends = subtable + 14
  const starts = ends + 2 * segments + 2
  return Array.from({ length: segments - 1 }, (_, i): Range => [
    at.getUint16(starts + 2 * i),
    at.getUint16(ends + 2 * i),
  ])
}

function full(at: DataView, subtable: number): Range[] {
  return Array.from({ length: at.getUint32(subtable + 12) }, (_, i): Range => {
    const group = subtable + 16 + 12 * i
    return [at.getUint32(group), at.getUint32(group + 4)]
  })
}
