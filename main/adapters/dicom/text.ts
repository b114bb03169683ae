import type { DataSet } from 'dicom-parser'
import { TAG, valueBytes, wholeString, type Tag } from './dataset'

/** Reads a text attribute in the file's character set: trimmed, without control characters; null where empty. */
export type TextReader = (dataSet: DataSet, tag: Tag) => string | null

const MAX_LENGTH = 256
const MAX_BYTES = 1024

const WESTERN = 'windows-1252'
const KANJI = 'iso-2022-jp'

/** Defined terms of Specific Character Set (PS3.3 C.12.1.1.2) and the WHATWG names of the same encodings. */
const ENCODINGS: Readonly<Record<string, string>> = {
  '': WESTERN,
  'IR 6': WESTERN,
  'IR 13': 'shift_jis',
  'IR 58': 'gb18030',
  'IR 87': KANJI,
  'IR 100': WESTERN,
  'IR 101': 'iso-8859-2',
  'IR 109': 'iso-8859-3',
  'IR 110': 'iso-8859-4',
  'IR 126': 'iso-8859-7',
  'IR 127': 'iso-8859-6',
  'IR 138': 'iso-8859-8',
  'IR 144': 'iso-8859-5',
  'IR 148': 'windows-1254',
  'IR 149': 'euc-kr',
  'IR 159': KANJI,
  'IR 166': 'windows-874',
  'IR 192': 'utf-8',
  'IR 203': 'iso-8859-15',
  GB18030: 'gb18030',
  GBK: 'gbk',
}

/** A reader for the data set's character set; text that does not fit it is shown with replacement signs, never refused. */
export function textReader(dataSet: DataSet): TextReader {
  const decode = decoderFor(dataSet.string(TAG.SpecificCharacterSet) ?? '')
  return (from, tag) => {
    const element = from.elements[tag]
    if (element === undefined || element.length === 0) return null
    const text = decode(valueBytes(from, element).subarray(0, MAX_BYTES))
    const [first = ''] = text.split('\0')
    // Control characters could break a terminal or a report.
    const plain = first
      .replace(/\p{Cc}/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim()
    return plain === '' ? null : plain.slice(0, MAX_LENGTH)
  }
}

/**
 * Several values mean code extensions by escape sequences: the first with a set of its own decides, but for Kanji, which
 * stand between an escape to them and the next one, whatever else is there (PS3.5 H.3).
 */
function decoderFor(specificCharacterSet: string): (bytes: Uint8Array) => string {
  const names = specificCharacterSet.split('\\').map((term) => {
    const key = term.trim().replace(/^ISO[_ ](2022 )?/, '')
    return (Object.hasOwn(ENCODINGS, key) && ENCODINGS[key]) || WESTERN
  })
  const others = names.filter((each) => each !== KANJI)
  const decoder = new TextDecoder(others.find((each) => each !== WESTERN) ?? WESTERN)
  if (others.length === names.length) return (bytes) => decoder.decode(withoutEscapes(bytes))
  const [kanji, supplement] = [new TextDecoder(KANJI), new TextDecoder('euc-jp')]
  const decodePart = (part: Uint8Array): string => {
    if (startsSupplement(part)) return supplement.decode(asThreeBytes(part.subarray(4)))
    return startsKanji(part) ? kanji.decode(part) : decoder.decode(withoutEscapes(part))
  }
  return (bytes) => splitAtEscapes(bytes).map(decodePart).join('')
}

const ESCAPE = 0x1b

/** Parts of a text that begin with an escape sequence each, but for the first. */
function splitAtEscapes(bytes: Uint8Array): Uint8Array[] {
  const starts = [...bytes.keys()].filter((at) => at === 0 || bytes[at] === ESCAPE)
  return starts.map((start, i) => bytes.subarray(start, starts[i + 1]))
}

/** ESC $ goes on to a set of two bytes a sign in the lower half of the code table, but with ")" in the upper one. */
const startsKanji = ([escape, multibyte, half]: Uint8Array): boolean =>
  escape === ESCAPE && multibyte === 0x24 && half !== 0x29

/** ESC $ ( D goes on to the supplementary Kanji (JIS X 0212), which the decoder of the others does not know. */
const startsSupplement = (part: Uint8Array): boolean => [ESCAPE, 0x24, 0x28, 0x44].every((byte, i) => part[i] === byte)

/** Two bytes a sign in the lower half of the code table as EUC-JP has them: in the upper one, after 8F. */
function asThreeBytes(pairs: Uint8Array): Uint8Array {
  const signs = Math.floor(pairs.length / 2)
  const threes = new Uint8Array(3 * signs)
  for (let i = 0; i < signs; i++) threes.set([0x8f, 0x80 | (pairs[2 * i] ?? 0), 0x80 | (pairs[2 * i + 1] ?? 0)], 3 * i)
  return threes
}

/** Drops ISO 2022 escape sequences (ESC, intermediates 0x20–0x2F, one final byte). */
function withoutEscapes(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(ESCAPE)) return bytes
  const kept: number[] = []
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== ESCAPE) {
      kept.push(bytes[at] ?? 0)
      continue
    }
    do at++
    while (at < bytes.length && (bytes[at] ?? 0) >= 0x20 && (bytes[at] ?? 0) <= 0x2f)
  }
  return Uint8Array.from(kept)
}

/** "Family^Given^Middle^Prefix^Suffix", alphabetic form first (PS3.5 6.2.1.2), as a reader writes it. */
export function personName(text: string | null): string | null {
  if (text === null) return null
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = (
    text.split('=').find((group) => group !== '') ?? ''
  ).split('^')
  const front = [prefix, given, middle].map((part) => part.trim()).filter((part) => part !== '')
  const back = suffix.trim()
  const name = [family.trim(), front.join(' '), back].filter((part) => part !== '').join(', ')
  return name === '' ? null : name
}

/** A UID as written if it is one (PS3.5 9.1), else null. One that is too long is none: cut off, two would become one. */
export function uid(dataSet: DataSet, tag: Tag): string | null {
  const text = wholeString(dataSet, tag)
  return text !== null && text.length <= 64 && /^[0-9]+(\.[0-9]+)*$/.test(text) ? text : null
}
