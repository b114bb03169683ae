import { describe, expect, it } from 'vitest'
import { verdictPanel } from '../../../main/adapters/report/firstPage'
import { COLOUR } from '../../../main/adapters/report/theme'
import { buildCaseReport } from '../../../main/domain/report'
import { CHEST_DOUBTS } from '../../../main/domain/zones'
import { exampleRecord, exampleReportInput } from '../../support/exampleReport'
import { readChanged, type Changes } from '../../support/readSynthetic'

const LEFT_OUT = /left out here/

/** What a pseudonymised report warns of, beside the film and beside the verdict. */
async function warningsOf(changes: Changes, ofAudit: readonly string[] = []): Promise<string> {
  const { header } = await readChanged({ '00100010': ['PN', 'MUSTERMANN^ERIKA'], ...changes })
  const record = exampleRecord({ warnings: [...ofAudit, ...header.warnings.map(({ message }) => message)] })
  const { warnings, verdict } = buildCaseReport(exampleReportInput({ header, record }))
  return [...warnings, ...verdict.cautions, ...verdict.sentences].join('\n')
}

const coded = (meaning: string) => ['SQ', [{ '00080104': ['LO', meaning] }]] as const

describe('what speaks against the decision stays in a pseudonymised report', () => {
  it.each([
    [
      'another body part',
      { '00180015': ['CS', 'HAND'], '0008103E': ['LO', 'HAND PA'] },
      'it shows hand, not the chest',
    ],
    ['the same by its code', { '00082218': coded('Wrist joint'), '0008103E': ['LO', 'WRIST'] }, 'shows wrist joint'],
    ['a lateral view', { '00185101': ['CS', 'LL'], '0008103E': ['LO', 'FRONTAL FILMS ONLY'] }, 'a lateral view'],
    ['a CT slice', { '00080060': ['CS', 'CT'], '0008103E': ['LO', 'CHEST RADIOGRAPHS'] }, 'no plain radiograph (CT)'],
  ] as const)('%s, whatever the description says', async (_what, changes, sentence) => {
    const said = await warningsOf(changes)
    expect(said).toContain(sentence)
    expect(said).not.toMatch(LEFT_OUT)
  })

  it('no lungs in the picture, whatever the description says', async () => {
    const said = await warningsOf({ '0008103E': ['LO', 'CHEST UPRIGHT, LUNGS INVERTED'] }, CHEST_DOUBTS)
    for (const doubt of CHEST_DOUBTS) expect(said).toContain(doubt)
    expect(said).not.toMatch(LEFT_OUT)
  })
})

describe('the first page', () => {
  it('says beside the verdict that the picture is none for this classifier', async () => {
    const { header } = await readChanged({ '00180015': ['CS', 'HAND'] })
    const { verdict, warnings } = buildCaseReport(exampleReportInput({ header }))
    expect(verdict.cautions.join(' ')).toContain('it shows hand, not the chest')
    expect(verdict.sentences.join(' ')).not.toContain('hand')
    expect(warnings.join(' ')).not.toContain('hand')
  })

  it('is not green where file or picture say that the film is none for this classifier', async () => {
    const panelOf = (changes: Parameters<typeof exampleReportInput>[0]) =>
      JSON.stringify(verdictPanel(buildCaseReport(exampleReportInput(changes))))
    const { header } = await readChanged({ '00180015': ['CS', 'HAND'] })
    expect(panelOf({})).toContain(COLOUR.kept)
    expect(panelOf({ header })).not.toContain(COLOUR.kept)
    expect(panelOf({ record: exampleRecord({ warnings: [...CHEST_DOUBTS] }) })).not.toContain(COLOUR.kept)
  })

  it('tells a shortcut alarm in its verdict, which is green no longer', () => {
    const report = buildCaseReport(exampleReportInput())
    const zones = { rows: [], notes: [], alarm: { raised: true, text: 'SHORTCUT ALARM: a marker.' } }
    const panel = (alarm: typeof zones.alarm) => JSON.stringify(verdictPanel({ ...report, zones: { ...zones, alarm } }))
    const rung = panel(zones.alarm)
    expect(report.verdict.kind).toBe('retained')
    expect(rung).toContain('SHORTCUT ALARM: a marker.')
    expect(rung.indexOf('SHORTCUT ALARM')).toBeLessThan(rung.indexOf('calls film and simplified picture'))
    expect(rung).not.toContain(COLOUR.kept)
    expect(panel({ raised: false, text: 'It did not ring.' })).toContain(COLOUR.kept)
  })
})

describe('free text in the place of a term', () => {
  const name = 'Mustermann Erika'

  it.each([
    ['a region’s meaning', { '00082218': coded(name) }, 'The file does not say that it shows the chest'],
    ['a body part', { '00180015': ['CS', 'MUSTERMANN'] }, 'The file does not say that it shows the chest'],
    ['a modality', { '00080060': ['CS', 'MUSTERMANN'] }, 'no plain radiograph (other kind of picture)'],
    ['a view’s meaning', { '00540220': coded(`lateral, ${name}`) }, 'a lateral view'],
  ] as const)('is not quoted: %s', async (_what, changes, sentence) => {
    const said = await warningsOf(changes)
    expect(said).toContain(sentence)
    expect(said.toLowerCase()).not.toMatch(/mustermann|erika/)
  })

  it('names no view', async () => {
    const viewOf = async (meaning: string) =>
      (await readChanged({ '00540220': coded(meaning) })).header.identity.viewPosition
    expect(await viewOf(name)).toBeNull()
    expect(await viewOf(`left lateral ${name}`)).toBe('LATERAL')
    expect(await viewOf('Left lateral')).toBe('LEFT LATERAL')
  })

  it('that an older record quotes is left out', async () => {
    const old = 'The file says it shows mustermann, not the chest.'
    expect(await warningsOf({ '00180015': ['CS', 'MUSTERMANN'], '00100010': null }, [old])).not.toContain('mustermann')
  })
})
