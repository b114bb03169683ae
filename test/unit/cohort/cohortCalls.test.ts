import { describe, expect, it } from 'vitest'
import { caseId, NO_COHORT_FILTER } from '../../../contract'
import type { CohortReport } from '../../../main/domain/report'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

/** Three films of probability 0.75, which the scripted classifier calls; two of them labelled. */
async function withFilms(save: string | null | (() => Promise<string>) = null) {
  const root = temporaryFolder()
  const written = { texts: [] as { path: string; text: string }[], reports: [] as CohortReport[] }
  const { workstation } = await scriptedWorkstation(root, {
    dialogs: {
      openFiles: async () => null,
      showInFolder: async () => undefined,
      saveFile: async () => (typeof save === 'function' ? save() : save),
    },
    results: {
      text: async (path, text) => void written.texts.push({ path, text }),
      tensors: async () => undefined,
    },
    cohort: { reports: { write: async (report) => void written.reports.push(report) } },
  })
  const imported = await workstation.call('importFiles', { paths: ['/in/film-1', '/in/film-2', '/in/film-3'] })
  if (!imported.ok) throw new Error(imported.error.message)
  const [first, second] = imported.result.added.map((id) => caseId.parse(id))
  if (!first || !second) throw new Error('nothing came in')
  await workstation.call('setReportLabel', { caseId: first, label: 'effusion' })
  await workstation.call('setReportLabel', { caseId: second, label: 'no effusion' })
  return { workstation, written, first, second }
}

const all = { filter: NO_COHORT_FILTER }

describe('cohort of the worklist', () => {
  it('counts films with label and decision at the threshold of the classifier', async () => {
    const { workstation, first, second } = await withFilms()
    const overview = await workstation.call('cohort', all)
    expect(overview).toMatchObject({ ok: true, result: { threshold: 0.5, used: [first, second] } })
    const at = await workstation.call('cohortAt', { ...all, threshold: 0.5 })
    expect(at).toMatchObject({ ok: true, result: { cells: { truePositive: [first], falsePositive: [second] } } })
    const tried = await workstation.call('cohortAt', { ...all, threshold: 0.8 })
    expect(tried).toMatchObject({ ok: true, result: { cells: { falseNegative: [first], trueNegative: [second] } } })
    const cases = await workstation.call('listCases', null)
    expect(cases.ok && cases.result.every(({ decision }) => decision)).toBe(true)
    await workstation.close()
  })

  it('is written where the user says', async () => {
    const { workstation, written } = await withFilms('/out/file')
    for (const format of ['figures', 'films', 'pdf'] as const)
      expect(await workstation.call('cohortExport', { ...all, threshold: 0.5, format })).toEqual({
        ok: true,
        result: { path: '/out/file' },
      })
    expect(written.texts.map(({ text }) => text.split('\n')[0])).toEqual([
      expect.stringContaining('section,group,measure'),
      expect.stringContaining('film,label,probability'),
    ])
    expect(written.reports).toHaveLength(1)
    await workstation.close()
  })

  it('is written as it is when the user has said where, in all its parts', async () => {
    let relabel = async () => undefined as unknown
    const { workstation, written, second } = await withFilms(async () => {
      await relabel()
      return '/out/file'
    })
    const label = (to: 'effusion' | null) => () => workstation.call('setReportLabel', { caseId: second, label: to })
    relabel = label('effusion')
    await workstation.call('cohortExport', { ...all, threshold: 0.5, format: 'pdf' })
    const [report] = written.reports
    expect(report?.rates.find(([name]) => name?.startsWith('Prevalence'))?.[1]).toBe('2 of 2')
    expect(report?.confusion.map(({ count }) => count)).toEqual(['2', '0', '0', '0'])
    relabel = label(null)
    await workstation.call('cohortExport', { ...all, threshold: 0.5, format: 'films' })
    expect(written.texts[0]?.text.trim().split('\n')).toHaveLength(2)
    await workstation.close()
  })

  it('is not written where the user cancels, or where there is nothing', async () => {
    const { workstation, written } = await withFilms()
    const request = { threshold: 0.5, format: 'pdf' as const }
    expect(await workstation.call('cohortExport', { ...all, ...request })).toEqual({ ok: true, result: null })
    const filter = { ...NO_COHORT_FILTER, view: 'AP of nobody' }
    expect(await workstation.call('cohortExport', { filter, ...request })).toMatchObject({
      ok: false,
      error: { code: 'BAD_REQUEST' },
    })
    expect(written).toEqual({ texts: [], reports: [] })
    await workstation.close()
  })
})
