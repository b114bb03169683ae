import { expect, it } from 'vitest'
import { sha256, type CaseId } from '../../../contract'
import { deferred } from '../../../main/adapters/deferred'
import type { ReportWriter } from '../../../main/ports'
import { ask } from '../../support/ask'
import { until } from '../../support/processes'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

it('a report is of the film’s last audit, not of the one that was reported before', async () => {
  const seeds: (string | undefined)[] = []
  const reports: ReportWriter = {
    async write(report) {
      seeds.push(report.provenance.facts.find(({ label }) => label === 'Seed')?.value)
      return sha256.parse('e'.repeat(64))
    },
  }
  const nothing = async () => undefined
  const dialogs = { openFiles: async () => null, saveFile: async () => '/out/r.pdf', showInFolder: nothing }
  let tick = 0
  const clock = { now: () => new Date(Date.UTC(2026, 0, 1) + 1000 * tick++) }
  const { workstation, script, events } = await scriptedWorkstation(temporaryFolder(), { dialogs, reports, clock })
  const { added } = await ask(workstation, 'importFiles', { paths: ['/a/film-1.dcm'] })
  const caseId = added[0] as CaseId
  for (const [i, seed] of [1, 2].entries()) {
    const request = { caseId, preset: 'quick', objective: 'activation', seed, repeat: false, confirmed: false } as const
    await ask(workstation, 'startAudit', request)
    await until(() => script.audits.length === i + 1)
    script.audits[i]?.finish()
    await until(() => events.filter(({ type }) => type === 'auditDone').length === i + 1)
    // twice: the second time from what is kept of the first
    for (let time = 0; time < 2; time++) await ask(workstation, 'exportReport', { caseId, identification: 'pseudonym' })
  }
  expect(seeds).toEqual(['1', '1', '2', '2'])
  await workstation.close()
})

it('a report is of what is stored when its dialog closes', async () => {
  const seeds: (string | undefined)[] = []
  const reports: ReportWriter = {
    async write(report) {
      seeds.push(report.provenance.facts.find(({ label }) => label === 'Seed')?.value)
      return sha256.parse('e'.repeat(64))
    },
  }
  const nothing = async () => undefined
  const dialog = deferred<string | null>()
  const saveFile = () => dialog.promise
  let tick = 0
  const { workstation, script, events } = await scriptedWorkstation(temporaryFolder(), {
    dialogs: { openFiles: async () => null, saveFile, showInFolder: nothing },
    reports,
    clock: { now: () => new Date(Date.UTC(2026, 0, 1) + 1000 * tick++) },
  })
  const caseId = (await ask(workstation, 'importFiles', { paths: ['/a/film-1.dcm'] })).added[0] as CaseId
  const audited = async (seed: number) => {
    const request = { caseId, preset: 'quick', objective: 'activation', seed, repeat: false, confirmed: false } as const
    await ask(workstation, 'startAudit', request)
    await until(() => script.audits.length === seed)
    script.audits[seed - 1]?.finish()
    await until(() => events.filter(({ type }) => type === 'auditDone').length === seed)
  }
  await audited(1)
  const exported = ask(workstation, 'exportReport', { caseId, identification: 'pseudonym' })
  await audited(2)
  dialog.resolve('/out/r.pdf')
  await exported
  expect(seeds).toEqual(['2'])
  await workstation.close()
})
