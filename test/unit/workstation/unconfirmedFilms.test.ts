import { describe, expect, it } from 'vitest'
import { NO_COHORT_FILTER, type EngineMethods } from '../../../contract'
import { ask } from '../../support/ask'
import { exampleExplanation } from '../../support/explainExamples'
import { until } from '../../support/processes'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

describe('a film that has to be confirmed', () => {
  it('counts in no figure and no queue of the classifier’s, until its audit was confirmed', async () => {
    const { workstation, script, events } = await scriptedWorkstation(temporaryFolder())
    const { added } = await ask(workstation, 'importFiles', { paths: ['/a/film-1.dcm', '/a/ct-2.dcm'] })
    const [film, ct] = added
    if (!film || !ct) throw new Error('two films')
    for (const caseId of added) await ask(workstation, 'setReportLabel', { caseId, label: 'no effusion' })
    const lines = async () => (await ask(workstation, 'listCases', null)).map(({ queues }) => queues)
    const overview = () => ask(workstation, 'cohort', { filter: NO_COHORT_FILTER })

    expect(await lines()).toEqual([['false-positive', 'unaudited'], ['unaudited']])
    // What the classifier says is shown, beside the warning.
    expect((await ask(workstation, 'listCases', null))[1]).toMatchObject({ decision: true, wrongness: null })
    const before = await overview()
    expect([before.used, before.withoutDecision]).toEqual([[film], [ct]])
    expect(before.cautions.join(' ')).toContain('1 film is left out')

    const request = { caseId: ct, preset: 'quick', objective: 'activation', seed: 0, repeat: false } as const
    await expect(ask(workstation, 'startAudit', { ...request, confirmed: false })).rejects.toMatchObject({
      code: 'WRONG_MODALITY',
    })
    await ask(workstation, 'startAudit', { ...request, confirmed: true })
    await until(() => script.audits.length === 1)
    script.audits[0]?.finish()
    await until(() => events.some(({ type }) => type === 'auditDone'))
    expect(await lines()).toEqual([['false-positive', 'unaudited'], ['false-positive']])
    const after = await overview()
    expect(after.used).toEqual([film, ct])
    expect(after.cautions.join(' ')).not.toContain('left out, among')
    await workstation.close()
  })

  it('is not put to the classifier for other methods or an estimate before somebody said yes', async () => {
    const { workstation, script, events } = await scriptedWorkstation(temporaryFolder())
    const { added } = await ask(workstation, 'importFiles', { paths: ['/a/ct-2.dcm', '/a/film-1.dcm'] })
    const [ct, film] = added
    if (!film || !ct) throw new Error('two films')
    const asked: string[] = []
    const { call } = script.engine
    const answers: Readonly<Record<string, () => unknown>> = {
      explain: () => exampleExplanation(),
      instant: () => null,
    }
    const scripted = async (method: keyof EngineMethods, ...rest: [never, never]) => {
      const answer = answers[method]
      if (!answer) return call(method, ...rest)
      asked.push(method)
      return answer()
    }
    Object.assign(script.engine, { call: scripted })

    const refused = { code: 'WRONG_MODALITY' }
    await expect(ask(workstation, 'instantEstimate', { caseId: ct })).rejects.toMatchObject(refused)
    await expect(ask(workstation, 'explainCase', { caseId: ct })).rejects.toMatchObject(refused)
    expect(asked).toEqual([])
    await ask(workstation, 'instantEstimate', { caseId: film })
    await ask(workstation, 'explainCase', { caseId: ct, confirmed: true })
    expect(asked).toEqual(['instant', 'explain'])

    const request = { caseId: ct, preset: 'quick', objective: 'activation', seed: 0, repeat: false } as const
    await ask(workstation, 'startAudit', { ...request, confirmed: true })
    await until(() => script.audits.length === 1)
    script.audits[0]?.finish()
    await until(() => events.some(({ type }) => type === 'auditDone'))
    await ask(workstation, 'explainCase', { caseId: ct })
    expect(asked).toEqual(['instant', 'explain', 'explain'])
    await workstation.close()
  })
})
