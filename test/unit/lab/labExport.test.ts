import { describe, expect, it } from 'vitest'
import { RESEARCH_USE_ONLY } from '../../../contract'
import { csvOf } from '../../../main/domain/experiments'
import { buildRunReport } from '../../../main/domain/report'
import { exampleRunReportInput } from '../../support/exampleRun'
import { scriptedLab } from '../../support/scriptedLab'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

const { run } = exampleRunReportInput()

describe('a run as comma-separated values', () => {
  it('has a heading and a line a cell; what does not apply is empty', () => {
    const [heading = '', ...lines] = csvOf(run).trimEnd().split('\r\n')
    const columns = heading.split(',')
    const [first = [], second = []] = lines.map((line) => line.split(','))
    const value = (row: readonly string[], column: string) => row[columns.indexOf(column)]
    expect(lines).toHaveLength(run.results.length)
    for (const line of lines) expect(line.split(',')).toHaveLength(columns.length)
    expect(value(first, 'cell')).toBe('bits-0-seed0')
    expect(value(second, 'bpd_simplified')).toBe('2')
    expect(value(second, 'accuracy_simplified')).toBe('0.95')
    expect(value(second, 'auc_original')).toBe('')
    expect(value(second, 'note')).toBe(RESEARCH_USE_ONLY)
  })
})

describe('the report of a run', () => {
  it('shows the training’s curves of every measure, without the evaluation at its end, and pictures of the first seed', () => {
    const report = buildRunReport(exampleRunReportInput())
    expect(report.curves.map(({ title }) => title)).toEqual(['Loss', 'Accuracy', 'Bits per dimension'])
    for (const { lines } of report.curves) expect(lines.map((line) => line.length)).toEqual([3, 3])
    expect(report.pictures.map(({ caption }) => caption)).toEqual([
      'bits-2-seed0: originals above (400 bits), simplified below (200 bits)',
    ])
    expect(report.facts).toContainEqual({ label: 'Pressures λ', value: '0, 2' })
  })

  it('leaves a measure out that was not taken', () => {
    const input = exampleRunReportInput()
    const points = input.points.map((point) => ({ ...point, accuracy: null }))
    const report = buildRunReport({ ...input, points })
    expect(report.curves.map(({ title }) => title)).toEqual(['Loss', 'Bits per dimension'])
  })
})

describe('exporting', () => {
  async function withRun(answer: string | null) {
    const root = temporaryFolder()
    const { lab, results, written } = scriptedLab(root)
    const asked: string[] = []
    const dialogs = {
      openFiles: async () => null,
      showInFolder: async () => undefined,
      saveFile: async ({ suggestedName }: { suggestedName: string }) => (asked.push(suggestedName), answer),
    }
    await lab.runs.create({ ...run, state: 'done' })
    const { workstation } = await scriptedWorkstation(root, { lab, results, dialogs })
    return { workstation, lab, written, asked }
  }

  it('writes the table, or the report, where the user says', async () => {
    const { workstation, written, asked } = await withRun('/out/file')
    const csv = await workstation.call('labExport', { runId: run.id, format: 'csv' })
    const pdf = await workstation.call('labExport', { runId: run.id, format: 'pdf' })
    expect([csv, pdf]).toEqual(Array.from({ length: 2 }, () => ({ ok: true, result: { path: '/out/file' } })))
    expect(asked).toEqual(['tiny.csv', 'tiny.pdf'])
    expect(written.texts).toEqual([{ path: '/out/file', text: csvOf(run) }])
    expect(written.reports[0]).toMatchObject({ name: 'tiny', createdAt: '2026-01-01T00:00:00.000Z' })
    await workstation.close()
  })

  it('writes nothing where the user cancels', async () => {
    const { workstation, written } = await withRun(null)
    const answer = await workstation.call('labExport', { runId: run.id, format: 'csv' })
    expect(answer).toEqual({ ok: true, result: null })
    expect(written).toEqual({ texts: [], reports: [] })
    await workstation.close()
  })

  it('refuses a run without a result, before it asks where to', async () => {
    const { workstation, lab, asked } = await withRun('/out/file')
    await lab.runs.change(run.id, { results: [] })
    const answer = await workstation.call('labExport', { runId: run.id, format: 'pdf' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } })
    expect(asked).toEqual([])
    await workstation.close()
  })
})
