import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, NO_COHORT_FILTER, RESEARCH_USE_ONLY, sha256, type CohortFilter } from '../../contract'
import { pdfCohortReportWriter } from '../../main/adapters/report'
import { cohortAuc } from '../../main/app/cohort'
import { cohortAtThreshold, cohortOverview, ratedFilms, type CohortFilm } from '../../main/domain/cohort'
import { buildCohortReport } from '../../main/domain/report'
import { seededRng } from '../../main/engine/rng'
import { cohortAudit, cohortFilm } from '../support/cohortFilms'
import { readPdf } from '../support/pdf'
import { temporaryFolder } from '../support/temporaryFolder'

const folder = temporaryFolder()

function manyFilms(): CohortFilm[] {
  const rng = seededRng(5)
  return Array.from({ length: 160 }, (_, i) => {
    const positive = rng.uniform() < 0.4
    const probability = Math.min(0.99, Math.max(0.01, 0.35 + (positive ? 0.25 : 0) + 0.2 * rng.normal()))
    const bitsLeft = 0.2 + 0.3 * rng.uniform()
    return cohortFilm(i, {
      ...{ label: positive ? 'effusion' : 'no effusion', probability, patient: `DOE^JANE ${i % 90}` },
      ...{
        view: rng.uniform() < (positive ? 0.7 : 0.3) ? 'AP' : 'PA',
        sex: i % 2 === 0 ? 'F' : 'M',
        age: 20 + (i % 70),
      },
      audit: i % 3 === 0 ? cohortAudit({ bitsLeft, aboveFlat: bitsLeft / 3 }) : null,
    })
  })
}

interface Of {
  readonly threshold: number
  readonly filter?: CohortFilter
}

async function reportOf(name: string, worklist: readonly CohortFilm[], { threshold, filter = NO_COHORT_FILTER }: Of) {
  const films = ratedFilms(worklist)
  const classifier = { name: BUNDLED_CLASSIFIER, sha256: sha256.parse('0123456789abcdef'.repeat(4)) }
  const overview = await cohortOverview(worklist, { filter, classifier, threshold: 0.5, auc: cohortAuc })
  const at = cohortAtThreshold(films, threshold)
  const createdAt = '2026-01-02T03:04:05.000Z'
  const file = join(folder, name)
  const common = { filter, createdAt, productVersion: '1.0.0' }
  await pdfCohortReportWriter.write(buildCohortReport({ overview, at, films, ...common }), file)
  return readPdf(file)
}

describe('report of a cohort', () => {
  it('holds every part, says on each page what it is not for, and names no patient', async () => {
    const pdf = await reportOf('cohort.pdf', manyFilms(), { threshold: 0.5 })
    const text = pdf.pages.join(' ')
    const expected = [
      'Films with label and decision',
      '160 of 160',
      'effusion-128 (0123456789ab)',
      '2026-01-02 03:04',
      '2026-01-01',
      'Sensitivity',
      'Specificity',
      'View: AP',
      'Age: 80 and over',
      'What the simplified pictures still cost: bits of the audited films',
      'all audited films',
      'Before you believe a number',
      'Films on which decision and report differ',
      'How to read this',
    ]
    for (const words of expected) expect(text).toContain(words)
    for (const page of pdf.pages) expect(page.split(RESEARCH_USE_ONLY)).toHaveLength(3)
    expect(text).not.toContain('DOE')
  })

  it('says that another threshold is a what-if', async () => {
    const pdf = await reportOf('tried.pdf', manyFilms(), { threshold: 0.3 })
    expect(pdf.pages.join(' ')).toContain('what if; the classifier’s own is 50.0 %')
  })

  it('does without what there is too little for', async () => {
    const one = cohortFilm(0, { label: 'effusion', probability: 0.7 })
    const pdf = await reportOf('one.pdf', [one], { threshold: 0.5 })
    const text = pdf.pages.join(' ')
    expect(text).toContain('1 of 1')
    expect(text).not.toContain('What the simplified pictures still cost:')
    expect(text).not.toContain('Films on which decision and report differ')
  })

  it('prints no empty frames: what its typeface lacks is a box, and it says so', async () => {
    const filter = { ...NO_COHORT_FILTER, reader: '王 Петров\n李' }
    const films = manyFilms().map((film) => ({ ...film, readers: [filter.reader] }))
    const text = (await reportOf('read.pdf', films, { threshold: 0.5, filter })).pages.join(' ')
    expect(text).toContain('read by: □ Петров □')
    expect(text).toContain('□ stands for a letter or sign that cannot be printed here')
    expect((await readPdf(join(folder, 'cohort.pdf'))).pages.join(' ')).not.toContain('□')
  })
})
