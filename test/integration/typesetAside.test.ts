import { describe, expect, it } from 'vitest'
import { typeset } from '../../main/adapters/report/typeset'
import { reportWorkerFile, typesetAside } from '../../main/adapters/report/typesetAside'
import { buildCaseReport, buildRunReport } from '../../main/domain/report'
import { exampleReportInput } from '../support/exampleReport'
import { exampleRunReportInput } from '../support/exampleRun'
import { turnsDuring } from '../support/turns'

const run = { kind: 'run', report: buildRunReport(exampleRunReportInput()) } as const
const ofCase = { kind: 'case', report: buildCaseReport(exampleReportInput()) } as const

describe('a report set on its thread', () => {
  it('is what the process itself would set, in the order in which reports were asked for', async () => {
    const [first, second] = await Promise.all([typesetAside(run), typesetAside(ofCase)])
    expect(Buffer.from(first).equals(await typeset(run))).toBe(true)
    expect(Buffer.from(second).equals(await typeset(ofCase))).toBe(true)
  })

  it('leaves the process free to answer others', async () => {
    const here = await turnsDuring(() => typeset(run))
    const aside = await turnsDuring(() => typesetAside(run))
    expect(aside).toBeGreaterThan(20 * here)
  })

  it('says where it failed, and the next one is set', async () => {
    const broken = { kind: 'run', report: { ...run.report, title: 7, howToRead: null } } as never
    await expect(typesetAside(broken)).rejects.toMatchObject({ code: 'INTERNAL' })
    expect((await typesetAside(run)).length).toBeGreaterThan(1000)
  })
})

describe('the program of the thread that sets reports', () => {
  it('lies beside a packaged app’s archive, and beside the bundle of a working tree', () => {
    expect(reportWorkerFile('file:///opt/resources/app.asar/out/electron/main.cjs')).toBe(
      '/opt/resources/app.asar.unpacked/out/electron/reportWorker.cjs',
    )
    expect(reportWorkerFile('file:///tree/out/electron/cli.cjs')).toBe('/tree/out/electron/reportWorker.cjs')
  })
})
