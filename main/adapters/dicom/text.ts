import type { DataSet } from 'dicom-parser'
import { TAG, codeString, valueBytes, type Tag } from './dataset'

/** Reads a text attribute in the file's character set: trimmed, without control characters; null where empty. */
export type TextReader = (dataSet: DataSet, tag: Tag) => string | null

const MAX_LENGTH = 256
const MAX_BYTES = 1024

/** Defined terms of Specific Character Set (PS3.3 C.12.1.1.2) and the WHATWG names of the same encodings. */
const ENCODINGS: Readonly<Record<string, string>> = {
  '': 'windows-1252',
  'IR 6': 'windows-1252',
  'IR 13': 'shift_jis',
  'IR 58': 'gb18030',
  'IR 87': 'iso-2022-jp',
  'IR 100': 'windows-1252',
  'IR 101': 'iso-8859-2',
  'IR 109': 'iso-8859-3',
  'IR 110': 'iso-8859-4',
  'IR 126': 'iso-8859-7',
  'IR 127': 'iso-8859-6',
  'IR 138': 'iso-8859-8',
  'IR 144': 'iso-8859-5',
  'IR 148': 'windows-1254',
  'IR 149': 'euc-kr',
  'IR 159': 'iso-2022-jp',
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

/** Several values mean code extensions by escape sequences: the first extension with a multi-byte set decides. */
function decoderFor(specificCharacterSet: string): (bytes: Uint8Array) => string {
  const names = specificCharacterSet.split('\\').map((term) => {
    const key = term.trim().replace(/^ISO[_ ](2022 )?/, '')
    return ENCODINGS[key] ?? 'windows-1252'
  })
  const name = names.find((each) => !each.startsWith('windows-1252')) ?? names[0] ?? 'windows-1252'
  const decoder = new TextDecoder(name)
  if (name === 'iso-2022-jp') return (bytes) => decoder.decode(bytes)
  return (bytes) => decoder.decode(withoutEscapes(bytes))
}

/** Drops ISO 2022 escape sequences (ESC, intermediates 0x20–0x2F, one final byte). */
function withoutEscapes(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(0x1b)) return bytes
  const kept: number[] = []
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0x1b) {
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

/** A UID as written if it is one (PS3.5 9.1), else null. */
export function uid(dataSet: DataSet, tag: Tag): string | null {
  const text = codeString(dataSet, tag)
  return text !== null && /^[0-9]+(\.[0-9]+)*$/.test(text) ? text : null
}
