import { expect, it } from 'vitest'
import { sha256, type CaseId } from '../../../contract'
import { deferred } from '../../../main/adapters/deferred'
import type { ReportWriter, UserDialogs } from '../../../main/ports'
import { ask } from '../../support/ask'
import { until } from '../../support/processes'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

/** A workstation with one film, and the seeds of the audits that its reports were of. */
async function withReports(saveFile: UserDialogs['saveFile']) {
  const seeds: (string | undefined)[] = []
  const reports: ReportWriter = {
    async write(report) {
      seeds.push(report.provenance.facts.find(({ label }) => label === 'Seed')?.value)
      return sha256.parse('e'.repeat(64))
    },
  }
  const dialogs = { openFiles: async () => null, saveFile, showInFolder: async () => undefined }
  let tick = 0
  const clock = { now: () => new Date(Date.UTC(2026, 0, 1) + 1000 * tick++) }
  const { workstation, script, events } = await scriptedWorkstation(temporaryFolder(), { dialogs, reports, clock })
  const { added } = await ask(workstation, 'importFiles', { paths: ['/a/film-1.dcm'] })
  const caseId = added[0] as CaseId
  return {
    workstation,
    seeds,
    /** `seed`: 1 of the first audit, 2 of the next. */
    async audited(seed: number) {
      const choice = { preset: 'quick', objective: 'activation', seed, repeat: false, confirmed: false } as const
      await ask(workstation, 'startAudit', { caseId, ...choice })
      await until(() => script.audits.length === seed)
      script.audits[seed - 1]?.finish()
      await until(() => events.filter(({ type }) => type === 'auditDone').length === seed)
    },
    exported: () => ask(workstation, 'exportReport', { caseId, identification: 'pseudonym' }),
  }
}

it('a report is of the film’s last audit, not of the one that was reported before', async () => {
  const { workstation, seeds, audited, exported } = await withReports(async () => '/out/r.pdf')
  for (const seed of [1, 2]) {
    await audited(seed)
    // twice: the second time from what is kept of the first
    for (let time = 0; time < 2; time++) await exported()
  }
  expect(seeds).toEqual(['1', '1', '2', '2'])
  await workstation.close()
})

it('a report is of what is stored when its dialog closes', async () => {
  const dialog = deferred<string | null>()
  const { workstation, seeds, audited, exported } = await withReports(() => dialog.promise)
  await audited(1)
  const report = exported()
  await audited(2)
  dialog.resolve('/out/r.pdf')
  await report
  expect(seeds).toEqual(['2'])
  await workstation.close()
})
