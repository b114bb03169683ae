import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { finding } from '../../../contract'
import { findingsCsv } from '../../../main/domain/review'

describe('findings as CSV', () => {
  const said = finding.parse({ effusion: 'left', size: 'small', agrees: 'no', reasons: ['device', 'marker'], text: '' })
  const given = (number: number, text: string) => ({
    ...{ number, reader: 'Dr. Ä', state: 'given' as const, savedAt: `2026-01-0${number}T00:00:00.000Z` },
    finding: { ...said, text },
  })

  it('hold every version with the reader’s words unharmed, and no formula', () => {
    const text = 'first line, "quoted"\nsecond'
    const draft = { ...given(3, 'draft'), state: 'draft' as const }
    const csv = findingsCsv([
      {
        ...{ pseudonym: 'SB-0000-0000', reportLabel: 'no effusion', probability: 0.83213, decision: true },
        findings: [given(1, text), given(2, '=HYPERLINK("x")'), draft],
      },
    ])
    const rows = parse<Record<string, string>>(csv, { columns: true })
    expect(rows.map(({ current }) => current)).toEqual(['no', 'yes'])
    expect(rows[0]).toMatchObject({
      text,
      reader: 'Dr. Ä',
      reasons_model_erred: 'device;marker',
      model_decision: 'effusion',
    })
    expect(rows[0]?.['model_probability_effusion']).toBe('0.8321')
    expect(rows[1]?.['text']).toBe(`'=HYPERLINK("x")`)
  })
})
