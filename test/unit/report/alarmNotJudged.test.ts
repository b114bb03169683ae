import { expect, it } from 'vitest'
import { zoneReport, type AuditRecord } from '../../../contract'
import { zonesSection } from '../../../main/adapters/report/zonesSection'
import { buildCaseReport } from '../../../main/domain/report'
import { exampleRecord, exampleReportInput } from '../../support/exampleReport'

const outline = { points: Array.from({ length: 6 }, () => ({ x: 1, y: 1 })), confidence: 1, baseExtrapolated: false }
const zones = zoneReport.parse({
  bits: [{ zone: 'mediastinum', pixels: 900, area: 0.05, bits: 800, filmBits: 1900, share: 0.2, filmShare: 0.1 }],
  alarm: null,
  zones: {
    ...{ version: 'zones/1', source: 'automatic', sure: true, reasons: [] },
    ...{ pictureLeft: outline, pictureRight: outline },
  },
})
const restriction = { mode: 'only' as const, brushed: true, zones: [], pixels: 900 }

const reported = (changes: Partial<AuditRecord>) => {
  const report = buildCaseReport(exampleReportInput({ record: exampleRecord(changes) }))
  return { ...report.zones, printed: JSON.stringify(zonesSection(report)) }
}

it.each([
  ['stopped early', { stopped: 'cancelled' }, 'stopped early.'],
  ['a decision that was not kept', { decisionKept: false }, 'the decision was not kept.'],
  ['one part', { restriction }, 'an audit of one part only.'],
  ['a quick search', { preset: 'quick' }, 'it takes a Standard or Thorough audit'],
  ['another match', { objective: 'gradient' }, 'it takes the activation match'],
  ['another start', { settings: { start: 'estimate' } }, 'it takes a search by this version that starts from the film'],
  ['an older version', {}, 'it takes an audit by this version, with the weights that the alarm was set for'],
] as const)('a report says that the shortcut alarm was not judged, and why: %s', (_what, changes, why) => {
  const { alarm, printed } = reported({ zones, ...changes })
  expect(alarm.raised).toBe(false)
  expect(alarm.text).toContain(`Shortcut alarm not judged: ${why}`)
  expect(printed).toContain(`Shortcut alarm not judged: ${why}`)
})

it('says so too of a record without zones, and prints no empty table', () => {
  const { rows, printed } = reported({})
  expect(rows).toEqual([])
  expect(printed).toContain('Shortcut alarm not judged:')
  expect(printed).not.toContain('Share of what is left')
})

it('names the part of a restricted audit as the window does', () => {
  const lungs = [
    'lung-picture-left',
    'costophrenic-picture-left',
    'lung-picture-right',
    'costophrenic-picture-right',
  ] as const
  const both = { mode: 'keep' as const, brushed: false, zones: [...lungs], pixels: 900 }
  const { notes } = reported({ zones, restriction: both })
  expect(notes.at(-1)).toBe(
    'Audit of one part only (both lungs: kept as on the film, all else simplified): 900 pixels stayed as on the film.',
  )
})
