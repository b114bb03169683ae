import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'

export interface SyntheticFilm {
  readonly width: number
  readonly height: number
  /** Changes the picture and the UIDs, so that no two films are the same. */
  readonly seed: number
  readonly patientName: string
  readonly patientOrientation?: string
  /** "20170103". */
  readonly studyDate?: string
  readonly patientId?: string
}

/** Writes a 12-bit MONOCHROME2 radiograph with a plain chest-like shading, uncompressed, explicit VR little endian. */
export function writeSyntheticFilm(file: string, film: SyntheticFilm): void {
  const uid = `2.25.${BigInt(`0x${createHash('sha256').update(JSON.stringify(film)).digest('hex').slice(0, 28)}`)}`
  const sopClass = '1.2.840.10008.5.1.4.1.1.1.1'
  const meta = Buffer.concat([
    element(0x0002, 0x0001, 'OB', Buffer.from([0, 1])),
    element(0x0002, 0x0002, 'UI', text(sopClass, '\0')),
    element(0x0002, 0x0003, 'UI', text(uid, '\0')),
    element(0x0002, 0x0010, 'UI', text('1.2.840.10008.1.2.1', '\0')),
    element(0x0002, 0x0012, 'UI', text('2.25.1', '\0')),
  ])
  const dataset = [
    element(0x0008, 0x0016, 'UI', text(sopClass, '\0')),
    element(0x0008, 0x0018, 'UI', text(uid, '\0')),
    ...(film.studyDate ? [element(0x0008, 0x0020, 'DA', text(film.studyDate))] : []),
    element(0x0008, 0x0060, 'CS', text('DX')),
    element(0x0010, 0x0010, 'PN', text(film.patientName)),
    element(0x0010, 0x0020, 'LO', text(film.patientId ?? `ID-${film.seed}`)),
    element(0x0018, 0x1164, 'DS', text('0.143\\0.143')),
    element(0x0018, 0x5101, 'CS', text('PA')),
    element(0x0020, 0x000d, 'UI', text(`${uid.slice(0, 40)}.1`, '\0')),
    element(0x0020, 0x000e, 'UI', text(`${uid.slice(0, 40)}.2`, '\0')),
    ...(film.patientOrientation ? [element(0x0020, 0x0020, 'CS', text(film.patientOrientation))] : []),
    element(0x0028, 0x0002, 'US', short(1)),
    element(0x0028, 0x0004, 'CS', text('MONOCHROME2')),
    element(0x0028, 0x0010, 'US', short(film.height)),
    element(0x0028, 0x0011, 'US', short(film.width)),
    element(0x0028, 0x0100, 'US', short(16)),
    element(0x0028, 0x0101, 'US', short(12)),
    element(0x0028, 0x0102, 'US', short(11)),
    element(0x0028, 0x0103, 'US', short(0)),
    element(0x0028, 0x1050, 'DS', text('2048')),
    element(0x0028, 0x1051, 'DS', text('4096')),
    element(0x7fe0, 0x0010, 'OW', pixels(film)),
  ]
  const metaLength = element(0x0002, 0x0000, 'UL', long(meta.length))
  writeFileSync(file, Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), metaLength, meta, ...dataset]))
}

/** PS3.5 7.1.2: these VRs have a 32-bit length behind two reserved bytes. */
const longVr = new Set(['OB', 'OW'])

function element(group: number, number: number, ...[vr, value]: [string, Buffer]): Buffer {
  const head = Buffer.concat([short(group), short(number), Buffer.from(vr)])
  const length = longVr.has(vr) ? Buffer.concat([short(0), long(value.length)]) : short(value.length)
  return Buffer.concat([head, length, value])
}

/** Values have even length (PS3.5 6.2). */
const text = (value: string, padding = ' ') => Buffer.from(value.length % 2 === 0 ? value : value + padding)

function short(value: number): Buffer {
  const buffer = Buffer.alloc(2)
  buffer.writeUInt16LE(value)
  return buffer
}

function long(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32LE(value)
  return buffer
}

/** Two dark lungs in a bright body, with a fine pattern that no thumbnail shows. */
function pixels({ width, height, seed }: SyntheticFilm): Buffer {
  const values = new Uint16Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = x / width - 0.5
      const v = y / height - 0.48
      const lung = Math.min(((Math.abs(u) - 0.2) / 0.16) ** 2 + (v / 0.34) ** 2, 1)
      const body = Math.max(0, 1 - (u / 0.55) ** 2) * 2600
      const fine = ((x * 7 + y * 13 + seed * 31) % 97) * 2
      values[y * width + x] = Math.min(4095, Math.round(300 + body * (0.35 + 0.65 * lung) + fine))
    }
  }
  return Buffer.from(values.buffer)
}
