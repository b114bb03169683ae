import { describe, expect, it, vi } from 'vitest'
import { SimpleBitsError, type CaseSummary } from '../../../contract'
import type { TerminalStore } from '../../../main/cli/withStore'
import { writeReports } from '../../../main/cli/writeReports'
import { keptOutput } from '../../support/keptOutput'

const film = (file: string, audit: object | null = {}) => ({ id: file, file, audit }) as CaseSummary

/** Reports of three audited films and one without an audit; those in `refused` cannot be written. */
async function reported(refused: readonly string[], requireRoom: () => Promise<void>, atOnce = false) {
  const kept = keptOutput()
  if (atOnce) kept.abort.abort()
  const exportReport = vi.fn(async (_: string, { caseId }: { caseId: string }) => {
    if (refused.includes(caseId)) throw new SimpleBitsError('WRITE_FAILED', 'It could not be written.')
    return { path: `out/${caseId}.pdf` }
  })
  const store = {
    ask: exportReport as unknown as TerminalStore['ask'],
    queue: async () => [film('a'), film('b'), film('c'), film('d', null)],
  }
  const asked = { queue: 'done', identification: 'pseudonym', requireRoom } as const
  const ended = await writeReports(store, asked, kept.output).catch((error: unknown) => error)
  return { ...kept, ended, tried: exportReport.mock.calls.length }
}

describe('the reports of a queue', () => {
  it('are written but for those that fail, which are named', async () => {
    const { data, said, output, ended } = await reported(['b'], async () => undefined)
    expect(data).toEqual(['out/a.pdf', 'out/c.pdf'])
    expect(said).toContain('b: WRITE_FAILED: It could not be written.')
    expect(said.at(-1)).toBe('1 film of this queue without an audit: audit --queue done')
    expect([output.failed, ended]).toEqual([true, undefined])
  })

  it('end where the disk is full, and say how many there are', async () => {
    const full = new SimpleBitsError('WRITE_FAILED', 'Make room.')
    const { said, ended, tried } = await reported(['b', 'c'], () => Promise.reject(full))
    expect(ended).toBe(full)
    expect(said.at(-1)).toBe('1 of 3 reports written.')
    expect(tried).toBe(2)
  })

  it('say so where they are ended', async () => {
    const { said, tried } = await reported([], async () => undefined, true)
    expect(said).toEqual(['Ended early: 0 of 3 reports written.'])
    expect(tried).toBe(0)
  })
})
