import { describe, expect, it } from 'vitest'
import { finding, ownNote, type StoredFinding } from '../../../contract'
import { interFiles, lettersOf } from '../../../main/adapters/fonts'
import { printableCase } from '../../../main/adapters/report/printable'
import { buildCaseReport } from '../../../main/domain/report'
import { exampleKeyImage } from '../../support/exampleMarks'
import { exampleHeader, exampleRecord, exampleReportInput, EXAMPLE_IDENTITY } from '../../support/exampleReport'

const has = lettersOf(interFiles().normal)
const BOXES = /□ stands for a letter or sign that cannot be printed here/

function printed(text: string) {
  const given: StoredFinding = {
    ...{ number: 1, reader: text, state: 'given', savedAt: '2026-01-01T00:00:00.000Z' },
    finding: finding.parse({ effusion: null, size: null, agrees: null, reasons: [], text }),
  }
  const header = exampleHeader({ identity: { ...EXAMPLE_IDENTITY, patientName: text } })
  const input = exampleReportInput({ findings: [given], notes: text, header, identification: 'full' })
  const { findings, notes, identification, warnings } = printableCase(buildCaseReport(input))
  const name = identification.find(({ label }) => label === 'Patient')?.value
  const [one] = findings
  return { all: [one?.reader, ...(one?.text ?? []), ...notes, name], note: warnings.join('\n') }
}

describe('letters that the typeface of reports lacks', () => {
  it.each([
    ['李小龙', '□□□'],
    ['تفليط', '□□□□□'],
    ['👩‍⚕️ 🫁', '□ □'],
    ['左\u3000anterior', '□ anterior'],
    ['Wang 王', 'Wang □'],
  ])('%s: a box a sign, and the report says what it stands for', (text, boxes) => {
    const { all, note } = printed(text)
    expect(all).toEqual([boxes, boxes, boxes, boxes])
    expect(note).toMatch(BOXES)
  })

  it.each(['Müller Ångström', 'Παπαδόπουλος ώ', 'Сёмин Їжак', 'a\u0301 ≥ 5 µm → ½', '□'])(
    '%s stays as it is',
    (text) => {
      const { all, note } = printed(text)
      for (const one of all) expect(one).toBe(text.normalize('NFC'))
      expect(note).not.toMatch(BOXES)
    },
  )

  it('marks of the direction of writing leave nothing behind', () => {
    const { all, note } = printed('left\u200e side\ufe0f')
    expect(all[0]).toBe('left side')
    expect(note).not.toMatch(BOXES)
  })
})

it('what an own classifier says of itself and key images’ captions are set in letters too, wherever they stand', () => {
  const plain = exampleRecord()
  const record = {
    ...plain,
    own: ownNote.parse({
      ...{ format: 'tfjs-layers', resampling: 'Enlarged.', source: '积液', licence: 'l', layers: 7 },
      input: { height: 224, width: 224, channels: 1, layout: 'NHWC', range: [0, 1] },
    }),
    certificate: {
      ...plain.certificate,
      layers: plain.certificate.layers.map((layer) => ({ ...layer, name: `层 ${layer.name}` })),
    },
  }
  const keyImages = [exampleKeyImage(1, '左侧')]
  const report = printableCase(buildCaseReport(exampleReportInput({ record, keyImages, reader: '王' })))
  expect(report.provenance.facts).toContainEqual({ label: 'Its source', value: '□□' })
  expect(report.certificate.layers[0]?.name).toMatch(/^□ /)
  expect(report.keyImages[0]?.caption).toBe('□□')
  expect(report.identification).toContainEqual({ label: 'Reader', value: '□' })
  expect(report.keyImages[0]?.picture).toBe(keyImages[0]?.picture)
})

it('every face of the reports has the letters that the upright one is asked for', () => {
  for (const file of Object.values(interFiles()))
    for (const letter of 'AÅΩЖ□*≥') expect(lettersOf(file)(letter)).toBe(true)
  expect(has('李')).toBe(false)
})
