/** In the place of what cannot be printed. */
const BOX = '□'
const NOTE = `${BOX} stands for a letter or sign that cannot be printed here: reports have Latin, Greek and Cyrillic letters. The program shows the text as it was written.`

const SIGNS = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** @param character one code point; whether the report's typeface has a picture of it */
type Typeface = (character: string) => boolean

interface Printing<Report> {
  readonly has: Typeface
  /** Where the report says what the boxes stand for. */
  readonly told: (report: Report, note: string) => Report
}

/**
 * A report in letters that its typeface has, wherever readers, files and sources wrote something. A letter that it lacks would be an
 * empty frame of no width, which nobody could tell from a fault of the printer: a box stands for it, and a note says so.
 */
export function withLetters<Report extends object>(report: Report, { has, told }: Printing<Report>): Report {
  let lacks = false
  const printed = mapTexts(report, (text) => {
    const set = inLetters(text, has)
    lacks ||= set !== text && set.includes(BOX)
    return set
  })
  return lacks ? told(printed, NOTE) : printed
}

/** All texts of a value, however deep; pixels and what else is no list and no plain record stay as they are. */
function mapTexts<Value>(value: Value, set: (text: string) => string): Value {
  if (typeof value === 'string') return set(value) as Value
  if (Array.isArray(value)) return value.map((one: unknown) => mapTexts(one, set)) as Value
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapTexts(one, set)])) as Value
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** A sign of several characters (an accent on a letter, a flag) counts as one; spaces of any kind stay spaces. */
function inLetters(text: string, has: Typeface): string {
  const signs = Array.from(SIGNS.segment(text), ({ segment }) => {
    const seen = [...segment].filter(
      (character) => has(character) || !/[\p{Cf}\p{Variation_Selector}]/u.test(character),
    )
    if (seen.every(has)) return seen.join('')
    return /^\p{Zs}+$/u.test(segment) ? ' ' : BOX
  })
  return signs.join('')
}
