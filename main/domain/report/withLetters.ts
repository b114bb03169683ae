import type { CaseReport, Fact } from './caseReport'

/** In the place of what cannot be printed. */
const BOX = '□'
const NOTE = `${BOX} stands for a letter or sign that cannot be printed here: reports have Latin, Greek and Cyrillic letters. The program shows the text as it was written.`

const SIGNS = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** @param has whether the report's typeface has a picture of a character */
type Typeface = (character: string) => boolean

/**
 * What readers, files and sources wrote, in letters that the report's typeface has. A letter that it lacks would be an empty frame
 * of no width, which nobody could tell from a fault of the printer: a box stands for it, and a note says so.
 */
export function withLetters(report: CaseReport, has: Typeface): CaseReport {
  let lacks = false
  const set = (text: string): string => {
    const printed = inLetters(text, has)
    lacks ||= printed !== text && printed.includes(BOX)
    return printed
  }
  const facts = (all: readonly Fact[]) => all.map(({ label, value }) => ({ label, value: set(value) }))
  const { verdict, provenance } = report
  const printed = {
    ...report,
    verdict: { ...verdict, sentences: verdict.sentences.map(set) },
    identification: facts(report.identification),
    findings: report.findings.map((finding) => ({
      ...{ ...finding, reader: set(finding.reader), facts: facts(finding.facts), text: finding.text.map(set) },
    })),
    notes: report.notes.map(set),
    keyImages: report.keyImages.map((image) => ({ ...image, title: set(image.title), caption: set(image.caption) })),
    warnings: report.warnings.map(set),
    provenance: { ...provenance, facts: facts(provenance.facts) },
  }
  return lacks ? { ...printed, warnings: [...printed.warnings, NOTE] } : printed
}

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
