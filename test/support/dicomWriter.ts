/** A tiny DICOM writer for tests: full control over what is wrong, missing or odd. Elements are written as given. */
export type ElementValue = string | number | readonly number[] | Uint8Array | Uint16Array | readonly DicomElements[]
export interface DicomElements {
  readonly [tag: string]: readonly [vr: string, value: ElementValue]
}

export interface DicomOptions {
  readonly transferSyntax?: string
  readonly preamble?: boolean
  readonly meta?: boolean
}

const IMPLICIT = '1.2.840.10008.1.2'
const BIG = '1.2.840.10008.1.2.2'
const LONG = new Set(['OB', 'OV', 'OW', 'SQ', 'SV', 'UN', 'UT', 'UV'])

interface Encoding {
  readonly explicit: boolean
  readonly little: boolean
}

/** A DICOM file: preamble, file meta information, data set. Tags as '00280010'. */
export function writeDicom(elements: DicomElements, options: DicomOptions = {}): Uint8Array {
  const { transferSyntax = '1.2.840.10008.1.2.1', preamble = true, meta = true } = options
  const encoding = { explicit: transferSyntax !== IMPLICIT, little: transferSyntax !== BIG }
  const parts: Uint8Array[] = []
  if (preamble) parts.push(new Uint8Array(128), ascii('DICM'))
  if (meta) parts.push(dataset({ '00020010': ['UI', transferSyntax] }, { explicit: true, little: true }))
  parts.push(dataset(elements, encoding))
  return concat(parts)
}

/** A plain 8- or 16-bit film; `changes` replaces elements, null drops them. */
export function syntheticFilm(
  pixels: Uint8Array | Uint16Array | Int16Array,
  size: { width: number; height: number },
  changes: Readonly<Record<string, DicomElements[string] | null>> = {},
): DicomElements {
  const bits = pixels.BYTES_PER_ELEMENT * 8
  const elements: Record<string, DicomElements[string] | null> = {
    '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.1'],
    '00080060': ['CS', 'CR'],
    '00280002': ['US', 1],
    '00280004': ['CS', 'MONOCHROME2'],
    '00280010': ['US', size.height],
    '00280011': ['US', size.width],
    '00280100': ['US', bits],
    '00280101': ['US', bits],
    '00280102': ['US', bits - 1],
    '00280103': ['US', pixels instanceof Int16Array ? 1 : 0],
    '7FE00010': [
      bits === 8 ? 'OB' : 'OW',
      bits === 8 ? new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength) : Uint16Array.from(pixels),
    ],
    ...changes,
  }
  const kept = Object.entries(elements).filter((entry): entry is [string, DicomElements[string]] => entry[1] !== null)
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function dataset(elements: DicomElements, encoding: Encoding): Uint8Array {
  return concat(Object.entries(elements).map(([tag, [vr, value]]) => element(tag, vr, { value, encoding })))
}

function element(tag: string, vr: string, content: { value: ElementValue; encoding: Encoding }): Uint8Array {
  const { explicit, little } = content.encoding
  const bytes = valueBytes(vr, content.value, content.encoding)
  const long = !explicit || LONG.has(vr)
  const head = new Uint8Array(long && explicit ? 12 : 8)
  const view = new DataView(head.buffer)
  view.setUint16(0, parseInt(tag.slice(0, 4), 16), little)
  view.setUint16(2, parseInt(tag.slice(4), 16), little)
  if (explicit) head.set(ascii(vr), 4)
  if (!long) view.setUint16(6, bytes.length, little)
  else view.setUint32(explicit ? 8 : 4, bytes.length, little)
  return concat([head, bytes])
}

function valueBytes(vr: string, value: ElementValue, encoding: Encoding): Uint8Array {
  if (value instanceof Uint8Array) return even(value, 0)
  if (value instanceof Uint16Array) return words(value, encoding.little)
  if (typeof value === 'string') return even(new TextEncoder().encode(value), vr === 'UI' ? 0 : 0x20)
  if (typeof value === 'number') return words([value], encoding.little)
  if (isNumbers(value)) return words(value, encoding.little)
  return concat(value.map((item) => sequenceItem(dataset(item, encoding), encoding.little)))
}

const isNumbers = (value: readonly number[] | readonly DicomElements[]): value is readonly number[] =>
  typeof value[0] === 'number'

function sequenceItem(content: Uint8Array, little: boolean): Uint8Array {
  const head = new DataView(new ArrayBuffer(8))
  head.setUint16(0, 0xfffe, little)
  head.setUint16(2, 0xe000, little)
  head.setUint32(4, content.length, little)
  return concat([new Uint8Array(head.buffer), content])
}

function words(values: readonly number[] | Uint16Array, little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 2))
  values.forEach((value, i) => view.setUint16(i * 2, value & 0xffff, little))
  return new Uint8Array(view.buffer)
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)

function even(bytes: Uint8Array, pad: number): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : concat([bytes, Uint8Array.of(pad)])
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
