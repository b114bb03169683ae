import { describe, expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, NO_COHORT_FILTER, sha256, type PresetName } from '../../../contract'
import { cohortAuc } from '../../../main/app/cohort'
import {
  cohortAtThreshold,
  cohortOverview,
  figuresCsv,
  ratedFilms,
  type CohortAudit,
  type CohortFilm,
} from '../../../main/domain/cohort'
import { buildCohortReport } from '../../../main/domain/report'
import { bitsOfWords, keptWords } from '../../../renderer/presentation/bitsWords'
import { cohortAudit, cohortFilm } from '../../support/cohortFilms'

const classifier = { name: BUNDLED_CLASSIFIER, sha256: sha256.parse('a'.repeat(64)) }
const overviewOf = (films: readonly CohortFilm[]) =>
  cohortOverview(films, { filter: NO_COHORT_FILTER, classifier, threshold: 0.5, auc: cohortAuc })
const audited = (audits: readonly (Partial<CohortAudit> | null)[]) =>
  audits.map((audit, i) =>
    cohortFilm(i, {
      ...{ label: i % 2 === 0 ? ('effusion' as const) : ('no effusion' as const), probability: 0.2 + 0.1 * (i % 5) },
      audit: audit && cohortAudit(audit),
    }),
  )
const of = (preset: PresetName, bitsLeft: number): Partial<CohortAudit> => ({ preset, bitsLeft })

describe('bits of a cohort', () => {
  const mixed = audited([
    ...[of('quick', 0.9), of('thorough', 0.1), of('quick', 0.8), of('quick', 0.7)],
    ...[{ ...of('quick', 0.05), objective: 'gradient' as const }, null],
  ])

  it('are of audits of one kind, the most frequent, and say which and how many others there are', async () => {
    const { bits, bitsOf, cautions } = await overviewOf(mixed)
    expect(bitsOf).toEqual({ preset: 'quick', objective: 'activation', others: 2 })
    expect(bits[0]).toMatchObject({ films: ['film-0', 'film-2', 'film-3'], bitsLeft: { median: 0.8 } })
    expect(cautions.join('\n')).toContain(
      '2 films were audited with another preset or objective, which leaves other bits of the same film. Counted in the bits is the most frequent kind: quick preset, activation match.',
    )
    if (!bitsOf) throw new Error('no kind')
    expect(bitsOfWords(bitsOf)).toContain('quick preset, activation match (2 audits of another kind left out)')
  })

  it('are of the standard kind where two kinds are equally frequent', async () => {
    expect((await overviewOf(audited([of('quick', 0.9), of('standard', 0.3)]))).bitsOf).toMatchObject({
      preset: 'standard',
    })
    expect((await overviewOf(audited([null, null]))).bitsOf).toBeNull()
  })

  it('are without the audits that lost the decision, which are counted beside them', async () => {
    const lost = { bitsLeft: 0.01, decisionKept: false }
    const { bits } = await overviewOf(audited([{ bitsLeft: 0.4 }, { bitsLeft: 0.5 }, { bitsLeft: 0.6 }, lost, lost]))
    expect(bits[0]).toMatchObject({ bitsLeft: { median: 0.5 }, decisionKept: { hits: 3, total: 5 } })
    expect(keptWords(bits[0]?.decisionKept ?? { hits: 0, total: 0, estimate: null })).toBe('3 of 5 · 2 not kept')
    expect((await overviewOf(audited([lost]))).bits[0]?.bitsLeft).toBeNull()
  })

  it('say in report and table which audits were counted', async () => {
    const overview = await overviewOf(mixed)
    const films = ratedFilms(mixed)
    const at = cohortAtThreshold(films, 0.5)
    const createdAt = '2026-01-02T03:04:05.000Z'
    const report = buildCohortReport({
      ...{ overview, at, films, filter: NO_COHORT_FILTER, createdAt, productVersion: '1.0.0' },
    })
    expect(report.facts.find(({ label }) => label === 'Audits counted in the bits')?.value).toBe(
      '3 (quick preset, activation match); 2 of another kind left out',
    )
    const rows = figuresCsv(overview, at, { classifier, createdAt }).split('\r\n')
    expect(rows.find((row) => row.startsWith('bits,quick activation,audits_of_another_kind_left_out,2,'))).toBeDefined()
  })

  it('have quartiles in rows of their own in the table, where there are four audits; low and high are intervals alone', async () => {
    const rowsOf = async (films: readonly CohortFilm[]) => {
      const at = cohortAtThreshold(ratedFilms(films), 0.5)
      const csv = figuresCsv(await overviewOf(films), at, { classifier, createdAt: '2026-01-02T03:04:05.000Z' })
      const rows = csv.split('\r\n').map((row) => row.split(','))
      return rows
        .filter((row) => row[0] === 'bits by all' && row[2]?.startsWith('bits_left'))
        .map((row) => row.slice(2, 8))
    }
    const standard = (...bits: readonly number[]) => audited(bits.map((bitsLeft) => ({ bitsLeft })))
    expect(await rowsOf(standard(0.25, 0.5, 0.75))).toEqual([['bits_left_median', '0.5', '', '', '', '3']])
    expect(await rowsOf(standard(0.125, 0.25, 0.5, 0.75, 0.875))).toEqual([
      ['bits_left_median', '0.5', '', '', '', '5'],
      ['bits_left_lower_quartile', '0.25', '', '', '', '5'],
      ['bits_left_upper_quartile', '0.75', '', '', '', '5'],
    ])
  })
})
