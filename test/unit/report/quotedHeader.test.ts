import { describe, expect, it } from 'vitest'
import { buildCaseReport } from '../../../main/domain/report'
import { quotesNothing } from '../../../main/domain/report/quotesNothing'
import { auditWarnings } from '../../../main/engine/audit/warnings'
import { EXAMPLE_IDENTITY, exampleHeader, exampleRecord, exampleReportInput } from '../../support/exampleReport'

const LEFT_OUT = /left out here/
/** Every sentence that the engine has. */
const ENGINE = [
  ...auditWarnings({
    retention: 'retained',
    draws: { kept: 5, of: 8 },
    searchCut: true,
    missing: ['rivals'],
    diverged: true,
    matchingDistance: 0.5,
    bpd: { film: -1, simplified: 17 },
    filmDecisionSteady: false,
  }),
  ...(['lost', 'decision'] as const).flatMap((retention) =>
    auditWarnings({
      retention,
      draws: { kept: 8, of: 8 },
      searchCut: false,
      missing: ['rivals'],
      diverged: false,
      matchingDistance: 0.5,
      bpd: { film: 1, simplified: 1 },
      filmDecisionSteady: true,
    }),
  ),
]

/** What a pseudonymised report says of a record's warnings. */
function said(warnings: readonly string[], of: { identity?: Partial<typeof EXAMPLE_IDENTITY>; file?: string }): string {
  const record = exampleRecord({ warnings: [...warnings] })
  const report = buildCaseReport(
    exampleReportInput({
      header: exampleHeader({ identity: { ...EXAMPLE_IDENTITY, ...of.identity } }),
      record: { ...record, input: { ...record.input, file: of.file ?? record.input.file } },
    }),
  )
  return [...report.verdict.cautions, ...report.verdict.sentences, ...report.warnings].join('\n')
}

describe('what the engine warns of stays in a pseudonymised report', () => {
  it.each([
    ['a description with words of it', { identity: { description: 'XR CHEST PA ONLY' } }],
    ['a description that is a word of it', { identity: { description: 'COUNTERPART' } }],
    ['a file’s name with words of it', { file: 'early-series-3.dcm' }],
    ['a name that is a word of it', { identity: { patientName: 'SEARCH^PICTURE' } }],
  ])('beside %s', (_what, of) => {
    const text = said(ENGINE, of)
    expect(text).not.toMatch(LEFT_OUT)
    for (const sentence of ENGINE) expect(text).toContain(sentence)
    expect(text).toContain('same in 5 of 8 draws only')
    expect(text).toContain('stopped early')
  })
})

describe('a sentence of an older record', () => {
  const old = 'The file says it shows mustermann erika, not the chest.'

  it.each([
    ['the name', { identity: { patientName: 'MUSTERMANN^ERIKA' } }],
    ['a part of the name', { identity: { patientName: 'MUSTERMANN^OTTO' } }],
    ['a part of the name as films are read with it', { identity: { patientName: 'Mustermann, Otto' } }],
    ['a given name of several', { identity: { patientName: 'Muster, Otto Erika' } }],
    ['what stands in the place of a body part', { identity: { bodyPart: 'MUSTERMANN ERIKA' } }],
    ['the file’s name', { file: 'Mustermann_Erika.dcm' }],
  ])('is left out where it quotes %s', (_what, of) => {
    expect(said([old], of)).toMatch(LEFT_OUT)
    expect(said([old], of).toLowerCase()).not.toContain('mustermann')
  })

  it('stays where it shares words with a value and does not quote it', () => {
    const unknown = 'The series was found early; only one picture of it is shown.'
    const shares = { identity: { description: 'XR CHEST PA ONLY' }, file: 'early-series-3.dcm' }
    expect(said([unknown], shares)).toContain(unknown)
    expect(said(['The chest is cut off.'], { identity: { description: 'CHEST PA' } })).toContain(
      'The chest is cut off.',
    )
  })
})

it('a code that no film is read with any more may have quoted the file', () => {
  const message = 'A sentence.'
  const warning = (code: string) => [{ code, message, mustConfirm: false }]
  expect([quotesNothing(message, warning('LOSSY')), quotesNothing(message, warning('OLD'))]).toEqual([true, false])
})

it('a file’s name is left out of its own warnings too, with its ending and without', () => {
  const record = exampleRecord()
  const named = { ...record, input: { ...record.input, file: 'Mueller_Hans.png' } }
  const warningsOf = (message: string) => {
    const header = exampleHeader({ warnings: [{ code: 'OLD', message, mustConfirm: false }] })
    return buildCaseReport(exampleReportInput({ record: named, header })).warnings.join('\n')
  }
  for (const message of ['Mueller_Hans was saved anew.', 'MUELLER HANS.PNG was saved anew.']) {
    expect(warningsOf(message)).toMatch(LEFT_OUT)
    expect(warningsOf(message)).not.toMatch(/mueller|hans/i)
  }
  expect(warningsOf('It was saved anew as PNG.')).toBe('It was saved anew as PNG.')
})
