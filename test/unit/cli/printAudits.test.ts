import { describe, expect, it, vi } from 'vitest'
import { SimpleBitsError } from '../../../contract'
import { printAudits } from '../../../main/cli/printAudits'
import type { AuditedFile } from '../../../main/compose'
import { summaryRow } from '../../../main/domain/auditSummary'
import { exampleRecord } from '../../support/exampleReport'
import { keptOutput } from '../../support/keptOutput'

const record = exampleRecord()
const FINISHED: AuditedFile = {
  ...{ file: 'film.dcm', folder: 'out/film', record, row: summaryRow('film', record, null), testsFailed: null },
}
const BROKEN: AuditedFile = { file: 'broken.dcm', error: { code: 'DICOM_CORRUPT', message: 'It is broken.' } }

async function* ending(rows: readonly AuditedFile[], error: Error | null = null): AsyncGenerator<AuditedFile> {
  yield* rows
  if (error !== null) throw error
}

const GONE = new SimpleBitsError('MODEL_CORRUPT', 'The model is damaged.')
const table = async () => 'the table'

describe('the summary of audits', () => {
  it('is the table of what was finished, on stdout', async () => {
    const { output, data } = keptOutput()
    await printAudits(ending([BROKEN, FINISHED]), { json: false, summarise: table }, output)
    expect(data).toEqual(['the table'])
    expect(output.failed).toBe(true)
  })

  it('is for the reader where stdout carries lines of JSON', async () => {
    const { output, data, said } = keptOutput()
    await printAudits(ending([FINISHED]), { json: true, summarise: table }, output)
    expect(data.map((line) => JSON.parse(line))).toEqual([JSON.parse(JSON.stringify(record))])
    expect(said.at(-1)).toBe('the table')
  })

  it('does not take the place of a former one where nothing was finished', async () => {
    const summarise = vi.fn(table)
    const { output, said } = keptOutput()
    await printAudits(ending([BROKEN]), { json: false, summarise }, output)
    await expect(printAudits(ending([], GONE), { json: false, summarise }, output)).rejects.toBe(GONE)
    expect(summarise).not.toHaveBeenCalled()
    expect(said).toContain('No audit was finished: no summary was written.')
  })

  it('is made of what was finished before an error, which is the one that is told', async () => {
    const { output, data, said } = keptOutput()
    const audits = () => ending([FINISHED], GONE)
    await expect(printAudits(audits(), { json: false, summarise: table }, output)).rejects.toBe(GONE)
    expect(data).toEqual(['the table'])
    expect(said.at(-1)).toBe('1 film audited before what follows; the others were not.')
    const full = () => Promise.reject(new SimpleBitsError('WRITE_FAILED', 'The disk is full.'))
    await expect(printAudits(audits(), { json: false, summarise: full }, output)).rejects.toBe(GONE)
    expect(said).toContain('The disk is full.')
  })
})
