import { filmIdentity, type FilmHeader, type FilmIdentity, type Identification } from '../../../contract'
import { isBodyPart, isModality } from '../filmTerms'
import type { Fact } from './caseReport'
import { quotesNothing } from './quotesNothing'

/** Crockford's alphabet: no I, L, O, U, so that a code can be read out over the telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * Stable code of a film, e.g. "SB-7K3F-9QXA": 40 bits of the file's sha256. It comes from no field of the header; whoever
 * has the file itself can compute it again, nobody else can get from it to the patient.
 */
export function pseudonym(sha256: string): string {
  let number = BigInt(`0x${sha256.slice(0, 10)}`)
  let code = ''
  for (let i = 0; i < 8; i++) {
    code = (ALPHABET[Number(number & 31n)] ?? '') + code
    number >>= 5n
  }
  return `SB-${code.slice(0, 4)}-${code.slice(4)}`
}

/** A file name for the report that says no more than the report does, and that tells one with patient data from one without. */
export function reportFileName(sha256: string, choice: Identification = 'pseudonym'): string {
  return `simplebits-report-${pseudonym(sha256)}${choice === 'full' ? '-identified' : ''}.pdf`
}

const FIELDS: readonly (readonly [keyof FilmIdentity, string])[] = [
  ['patientName', 'Patient'],
  ['patientId', 'Patient ID'],
  ['patientSex', 'Sex'],
  ['patientAge', 'Age'],
  ['studyDate', 'Study date'],
  ['modality', 'Modality'],
  ['viewPosition', 'View'],
  ['bodyPart', 'Body part'],
  ['laterality', 'Laterality'],
  ['description', 'Description'],
  ['manufacturer', 'Manufacturer'],
  ['studyUid', 'Study UID'],
  ['sopInstanceUid', 'SOP instance UID'],
]

/** What the report says of patient and study: nothing of the header under a pseudonym, what the file says otherwise. */
export function identityFacts(header: FilmHeader, file: string, choice: Identification): Fact[] {
  if (choice === 'pseudonym') return []
  const said = FIELDS.flatMap(([field, label]) => {
    const value = header.identity[field]
    return value === null || value === '' ? [] : [{ label, value }]
  })
  return [...said, { label: 'File', value: file }]
}

const FIELD_NAMES = filmIdentity.keyof().options

/** What says something of the picture only, and can be seen in it, as long as it is a term of the standard. */
const OF_THE_PICTURE: Readonly<Partial<Record<keyof FilmIdentity, (term: string) => boolean>>> = {
  modality: isModality,
  viewPosition: () => true,
  bodyPart: isBodyPart,
  laterality: () => true,
}
/** Words that descriptions and file names share with ordinary sentences: a value made of them alone says nothing of anybody. */
const ORDINARY = new Set([
  'the',
  'and',
  'not',
  'film',
  'file',
  'chest',
  'thorax',
  'view',
  'lateral',
  'frontal',
  'dcm',
  'png',
])

/**
 * Keeps a text out of a pseudonymised report when it quotes the header: in records of earlier versions a warning about a file may
 * repeat a value of it. Only a whole value counts, since its words may stand in any sentence; what is the program's own wording
 * always stays.
 *
 * @returns the text, or a sentence that says that something was left out
 */
export function withoutIdentity(text: string, { header, file }: { header: FilmHeader; file: string }): string {
  if (quotesNothing(text, header.warnings)) return text
  const said = phraseOf(text)
  return tellingValues(header.identity, file).some((value) => said.includes(phraseOf(value)))
    ? 'A warning about this file is left out here because it quotes the file’s header.'
    : text
}

/** What of header and file name would say whose film it is; of a name each part by itself, too. */
function tellingValues(identity: FilmIdentity, file: string): string[] {
  const values = FIELD_NAMES.flatMap((field) => {
    const value = identity[field]
    return value === null || OF_THE_PICTURE[field]?.(value) ? [] : [value]
  })
  const all = [...values, ...(identity.patientName?.split(/[\^=,\s]+/) ?? []), file, file.replace(/\.[^.]*$/, '')]
  return all.filter((value) => wordsOf(value).some((word) => word.length > 2 && !ORDINARY.has(word)))
}

/** The words alone, each between spaces, so that a value is found whole, whatever stands between its words. */
const phraseOf = (text: string): string => ` ${wordsOf(text).join(' ')} `

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
