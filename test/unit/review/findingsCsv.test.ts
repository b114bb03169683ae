import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { finding, modelAnswer, RESEARCH_USE_ONLY } from '../../../contract'
import { findingsCsv } from '../../../main/domain/review'

describe('findings as CSV', () => {
  const said = finding.parse({ effusion: 'left', size: 'small', agrees: 'no', reasons: ['device', 'marker'], text: '' })
  const given = (number: number, text: string) => ({
    ...{ number, reader: 'Dr. Ä', state: 'given' as const, savedAt: `2026-01-0${number}T00:00:00.000Z` },
    finding: { ...said, text },
  })
  const of = { pseudonym: 'SB-0000-0000', reportLabel: 'no effusion' }

  it('hold every version with the reader’s words unharmed, and no formula', () => {
    const text = 'first line, "quoted"\nsecond'
    const draft = { ...given(3, 'draft'), state: 'draft' as const }
    const csv = findingsCsv([{ ...of, findings: [given(1, text), given(2, '=HYPERLINK("x")'), draft] }])
    const rows = parse<Record<string, string>>(csv, { columns: true })
    expect(rows.map(({ current }) => current)).toEqual(['no', 'yes'])
    expect(rows[0]).toMatchObject({
      text,
      reader: 'Dr. Ä',
      reasons_model_erred: 'device;marker',
    })
    expect(rows[1]?.['text']).toBe(`'=HYPERLINK("x")`)
    expect(rows.map(({ note }) => note)).toEqual([RESEARCH_USE_ONLY, RESEARCH_USE_ONLY])
  })

  it('set beside an agreement what that classifier had said, and nothing where it was not kept', () => {
    const sha256 = 'd'.repeat(64)
    // Just below the threshold: rounded it would stand on the other side of it than the decision.
    const says = { probability: 0.291996, present: false, threshold: 0.292 }
    const about = modelAnswer.parse({ name: 'effusion-128-b', sha256, ...says })
    const rows = parse<Record<string, string>>(
      findingsCsv([{ ...of, findings: [given(1, ''), { ...given(2, ''), about }] }]),
      { columns: true },
    )
    expect(rows[0]).toMatchObject({
      ...{ agrees_with_model: 'no', model: '', model_sha256: '', model_probability_effusion: '' },
      ...{ model_threshold: '', model_decision: '' },
    })
    expect(rows[1]).toMatchObject({
      ...{ agrees_with_model: 'no', model: 'effusion-128-b', model_sha256: sha256 },
      ...{ model_probability_effusion: '0.291996', model_threshold: '0.292', model_decision: 'no effusion' },
    })
  })
})
