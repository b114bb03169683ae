import type { DataSet } from 'dicom-parser'
import { valueDecoder } from './characterSets'
import { TAG, valueBytes, wholeString, type Tag } from './dataset'

/** Reads a text attribute in the file's character set: trimmed, without control characters; null where empty. */
export type TextReader = (dataSet: DataSet, tag: Tag) => string | null

const MAX_LENGTH = 256
const MAX_BYTES = 1024

/** What ends the parts of a value (PS3.5 6.2): of a name its components and groups too. */
const DELIMITERS = { name: /[\\^=]/, other: /\\/ }

/** A reader for the data set's character set; text that does not fit it is shown with replacement signs, never refused. */
export function textReader(dataSet: DataSet): TextReader {
  const decode = valueDecoder(dataSet.string(TAG.SpecificCharacterSet) ?? '')
  return (from, tag) => {
    const element = from.elements[tag]
    if (element === undefined || element.length === 0) return null
    const delimiters = tag === TAG.PatientName ? DELIMITERS.name : DELIMITERS.other
    const text = decode(valueBytes(from, element).subarray(0, MAX_BYTES), delimiters)
    const [first = ''] = text.split('\0')
    // Control characters could break a terminal or a report, those of writing direction turn what stands beside them round.
    const plain = first
      .replace(/\p{Bidi_Control}/gu, '')
      .replace(/\p{Cc}/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim()
    return plain === '' ? null : plain.slice(0, MAX_LENGTH)
  }
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
