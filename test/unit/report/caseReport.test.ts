import { describe, expect, it } from 'vitest'
import { contrastWindow, finding, modelAnswer, type FilmHeader, type StoredFinding } from '../../../contract'
import { pictureRow } from '../../../main/adapters/report/firstPage'
import { buildCaseReport, pseudonym, reportFileName } from '../../../main/domain/report'
import { EXAMPLE_IDENTITY, exampleHeader, exampleRecord, exampleReportInput } from '../../support/exampleReport'

/** All words of a report, pictures left out. */
function words(report: ReturnType<typeof buildCaseReport>): string {
  return JSON.stringify({ ...report, pictures: null, strip: report.strip.map((stop) => ({ ...stop, picture: null })) })
}

describe('pseudonym', () => {
  it('is short, stable and made of the hash alone', () => {
    const hash = '0123456789abcdef'.repeat(4)
    expect(pseudonym(hash)).toMatch(/^SB-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(pseudonym(hash)).toBe('SB-04HM-ASW9')
    expect(pseudonym('f'.repeat(64))).toBe('SB-ZZZZ-ZZZZ')
    expect(reportFileName(hash)).toBe('simplebits-report-SB-04HM-ASW9.pdf')
    expect(reportFileName(hash, 'pseudonym')).toBe(reportFileName(hash))
    // Else the report with the patient's name would overwrite the other one.
    expect(reportFileName(hash, 'full')).toBe('simplebits-report-SB-04HM-ASW9-identified.pdf')
  })
})

describe('identification', () => {
  it('leaves out the whole header and the file’s name under a pseudonym', () => {
    const text = words(buildCaseReport(exampleReportInput()))
    const { modality, viewPosition, patientSex, ...telling } = EXAMPLE_IDENTITY
    for (const value of Object.values(telling))
      if (value !== null && value !== 'CHEST') expect(text).not.toContain(value)
    expect([modality, viewPosition, patientSex]).toEqual(['DX', 'PA', 'F'])
    const labels = buildCaseReport(exampleReportInput()).identification.map(({ label }) => label)
    expect(labels).toEqual(['Case', 'Report label', 'Reader', 'Report made, UTC', 'Audited, UTC'])
    expect(text).not.toContain('TEST')
  })

  it('names patient, study and file where the reader chose so', () => {
    const { identification } = buildCaseReport(exampleReportInput({ identification: 'full' }))
    expect(identification).toContainEqual({ label: 'Patient', value: 'TESTNAME^Erika' })
    expect(identification).toContainEqual({ label: 'Patient ID', value: 'TESTID-4711' })
    expect(identification).toContainEqual({ label: 'File', value: 'TESTNAME_Erika_film.dcm' })
    const ofPatient = ['Patient', 'Patient ID', 'Sex', 'Age', 'Study date']
    const ofFilm = ['Modality', 'View', 'Body part', 'Description', 'Manufacturer', 'Study UID', 'SOP instance UID']
    const ofReport = ['File', 'Report label', 'Reader', 'Report made, UTC', 'Audited, UTC']
    expect(identification.map(({ label }) => label)).toEqual(['Case', ...ofPatient, ...ofFilm, ...ofReport])
  })

  it('does not repeat a warning that quotes the header', () => {
    const warnings = [
      { code: 'a', message: 'The name testname^ERIKA looks odd.', mustConfirm: false },
      { code: 'b', message: 'Compressed with loss.', mustConfirm: false },
      { code: 'c', message: 'The file says it shows knee, not the chest.', mustConfirm: false },
    ]
    const header = exampleHeader({ warnings, identity: { ...EXAMPLE_IDENTITY, bodyPart: 'KNEE' } })
    expect(buildCaseReport(exampleReportInput({ header })).warnings).toEqual([
      'A warning about this file is left out here because it quotes the file’s header.',
      'Compressed with loss.',
      'The file says it shows knee, not the chest.',
    ])
    expect(buildCaseReport(exampleReportInput({ header, identification: 'full' })).warnings[0]).toContain('ERIKA')
  })
})

describe('numbers', () => {
  it('compares film and simplified picture', () => {
    const { comparison, labelNote } = buildCaseReport(exampleReportInput())
    expect(comparison).toContainEqual({ label: 'Bits', film: '52,000', simplified: '23,412', alert: false })
    expect(comparison).toContainEqual({
      label: 'Information above a flat picture',
      film: '100 %',
      simplified: '11 %',
      alert: false,
    })
    expect(labelNote).toEqual({
      text: 'The report label is “no effusion”: the classifier’s decision on the film disagrees with it.',
      disagrees: true,
    })
  })

  it('says where a number of bits is outside the flow’s range', () => {
    const record = exampleRecord()
    const odd = exampleRecord({ simplified: { ...record.simplified, bpd: -0.2 } })
    const line = buildCaseReport(exampleReportInput({ record: odd })).comparison.find(
      ({ label }) => label === 'Bits per pixel',
    )
    expect(line).toMatchObject({ simplified: '−0.20 (outside the flow’s range)', alert: true })
  })

  it('sets the rivals beside the audit, with the ratio of matching distances', () => {
    const { rivals } = buildCaseReport(exampleReportInput())
    const own = exampleRecord().path[34]?.matchingDistance ?? Number.NaN
    expect(rivals.map(({ name }) => name)).toEqual([
      'This audit',
      'Blur, 3.4 pixels',
      'JPEG, quality 6',
      'All detail weakened to 25 %',
    ])
    expect(rivals[0]?.ratio).toBe('1.0×')
    expect(rivals[1]?.ratio).toBe(`${(0.31 / own).toFixed(1)}×`)
    expect(rivals[2]).toMatchObject({ decision: 'no effusion', kept: false })
  })
})

describe('certificate', () => {
  it('puts deep networks together block by block, in words of their own names', () => {
    const { certificate } = exampleRecord()
    const layers = Array.from({ length: 20 }, (_, i) => ({
      name: `stage0.block${Math.floor(i / 2)}.conv${(i % 2) + 1}`,
      activationDistance: i / 100,
      gradientDistance: null,
    }))
    const record = exampleRecord({ certificate: { ...certificate, layers } })
    const shown = buildCaseReport(exampleReportInput({ record })).certificate.layers
    expect(shown).toHaveLength(10)
    expect(shown[1]).toEqual({ name: 'stage 1, block 2', distance: 0.025 })
  })

  it('speaks of the further seeds where there were some', () => {
    const { certificate } = exampleRecord()
    const bits = { mean: 23_000, sd: 200, min: 22_800, max: 23_200 }
    const repeatability = { seeds: [8, 9], bits, decisionsKept: 1, pixelCorrelation: 0.91 }
    const record = exampleRecord({ certificate: { ...certificate, repeatability } })
    const { sentences, facts, spreadNote } = buildCaseReport(exampleReportInput({ record })).certificate
    expect(spreadNote).toContain('Over the noise draws; bits over the 3 searches.')
    expect(sentences.join(' ')).toContain('2 further seeds, of which 1 kept the decision')
    expect(facts).toContainEqual({ label: 'Bits over the seeds', meanAndSd: '23,000 ± 200', range: '22,800 to 23,200' })
  })
})

describe('way and maps', () => {
  it('shows at most eight pictures, the chosen one always', () => {
    const { strip } = buildCaseReport(exampleReportInput())
    expect(strip).toHaveLength(8)
    expect(strip.filter(({ chosen }) => chosen)).toHaveLength(1)
    expect(strip.every(({ picture }) => picture.length === 128 * 128)).toBe(true)
  })

  it('gives the simplified picture the contrast of its own that the window gives it, and says which', () => {
    const input = exampleReportInput()
    const { pictures } = buildCaseReport(input)
    expect(pictures.simplifiedWindow).toEqual(contrastWindow(input.simplifiedPicture))
    const { center, width } = pictures.simplifiedWindow
    const words = `contrast of its own (C ${Math.round(center)} · W ${Math.round(width)})`
    expect(JSON.stringify(pictureRow(buildCaseReport(input)))).toContain(words)
  })

  it('says in which greys the film is shown', () => {
    const shown = (voi: FilmHeader['voi']) =>
      buildCaseReport(exampleReportInput({ header: exampleHeader({ voi }) })).pictures.filmWindow
    const window = { kind: 'window', center: 100, width: 200, function: 'LINEAR', explanation: null } as const
    expect(shown([])).toBe('As first displayed: 1–99 % of its grey values.')
    expect(shown([window])).toBe('As first displayed: in the file’s first window.')
  })

  it('adds up: kept + removed = film', () => {
    const { pictures } = buildCaseReport(exampleReportInput())
    for (let i = 0; i < pictures.originalMap.length; i += 997)
      expect((pictures.keptMap[i] ?? 0) + (pictures.removedMap[i] ?? 0)).toBeCloseTo(pictures.originalMap[i] ?? 0, 4)
  })
})

describe('notes', () => {
  const notes = (text: string) => buildCaseReport(exampleReportInput({ notes: text })).notes

  it('lets what has no space for long be broken, and takes nothing from it', () => {
    const endless = 'x'.repeat(150)
    const [line = ''] = notes(`short ${endless}`)
    expect(line.replaceAll('\u200b', '')).toBe(`short ${endless}`)
    expect(line.split(/[ \u200b]/).map((part) => part.length)).toEqual([5, 60, 60, 30])
  })

  it('keeps every visible character and the paragraphs', () => {
    expect(notes('Größe ≥ 3 cm\r\n\r\n\r\nΕντάξει <b>&amp;</b>')).toEqual(['Größe ≥ 3 cm', '', 'Εντάξει <b>&amp;</b>'])
  })

  it('drops what only changes the look of other text', () => {
    expect(notes('a\u202eb\u0000c\u2066d')).toEqual(['abcd'])
  })

  it('is empty where there is nothing to read', () => {
    expect(notes(' \n\t\n ')).toEqual([])
  })
})

describe('findings', () => {
  const said = finding.parse({
    effusion: 'both',
    size: 'small',
    agrees: 'no',
    reasons: ['other-pathology'],
    text: 'a\nb',
  })
  const version = (state: StoredFinding['state']): StoredFinding => ({
    ...{ number: 1, reader: 'Dr.\u202e B', state, savedAt: '2026-01-02T03:04:05.000Z', finding: said },
  })
  const reported = (...findings: StoredFinding[]) => buildCaseReport(exampleReportInput({ findings })).findings

  it('stand in the report with reader, time and answers; a draft is called one', () => {
    const [given, draft] = reported(version('given'), version('draft'))
    expect(given).toMatchObject({ reader: 'Dr. B', time: expect.stringMatching(/^given 2026-01-02/), text: ['a', 'b'] })
    expect(given?.facts.map(({ value }) => value)).toEqual([
      'both sides, small',
      'no (which classifier that was is not recorded)',
      'other pathology',
    ])
    expect(draft?.time).toMatch(/not given$/)
  })

  it('name the classifier that the reader judged, and say where it is not the one of this audit', () => {
    const says = { probability: 0.12, present: false, threshold: 0.5 }
    const about = (name: string, digit: string, changes: Partial<typeof says> = {}) => {
      const answer = modelAnswer.parse({ name, sha256: digit.repeat(64), ...says, ...changes })
      return reported({ ...version('given'), about: answer })[0]?.facts[1]?.value
    }
    expect(about('effusion-128', 'a')).toBe('no (effusion-128: “no effusion”, 0.120)')
    expect(about('effusion-128-b', 'd')).toMatch(/^no \(about another classifier, effusion-128-b: “no effusion”/)
    expect(about('effusion-128', 'd')).toContain('about another version of effusion-128:')
    expect(about('effusion-128', 'a', { threshold: 0.3 })).toContain('about another version of effusion-128:')
  })

  it('say nothing of what was not answered', () => {
    const empty = { effusion: null, size: null, agrees: null, reasons: [], text: '' }
    expect(reported({ ...version('given'), finding: empty })[0]).toMatchObject({ facts: [], text: [] })
  })
})
