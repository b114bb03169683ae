import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { auditRecord, type AuditRecord } from '../../contract'
import { simplebits } from '../support/commandLine'
import { temporaryFolder } from '../support/temporaryFolder'

const planted = resolve(import.meta.dirname, '../fixtures/planted')
const folder = temporaryFolder()
/** Where the letter was drawn on the film, in model pixels. */
const LETTER = { left: 100, right: 122, top: 4, bottom: 32 }

async function audited(film: string, preset: string): Promise<AuditRecord> {
  const where = ['--out', join(folder, preset), '--model', 'letter-128', '--preset', preset]
  const { code, stdout, stderr } = await simplebits('audit', join(planted, film), ...where, '--json')
  expect(stderr).not.toMatch(/failed/i)
  expect(code).toBe(0)
  return auditRecord.parse(JSON.parse(stdout))
}

describe('the audit of a classifier that reads a letter', () => {
  beforeAll(() => vi.stubEnv('SIMPLEBITS_MODELS', planted))

  it('keeps the letter, and the alarm rings there', { timeout: 240_000 }, async () => {
    const record = await audited('with-letter.png', 'standard')
    expect(record.original.probability).toBeGreaterThan(0.9)
    expect(record.decisionKept).toBe(true)
    const alarm = record.zones?.alarm
    expect(alarm?.raised).toBe(true)
    const middle = { x: (alarm?.place?.x ?? 0) + 12, y: (alarm?.place?.y ?? 0) + 12 }
    expect(middle.x).toBeGreaterThan(LETTER.left)
    expect(middle.x).toBeLessThan(LETTER.right)
    expect(middle.y).toBeGreaterThan(LETTER.top)
    expect(middle.y).toBeLessThan(LETTER.bottom)
  })

  it('says nothing either way after a quick one', { timeout: 240_000 }, async () => {
    const record = await audited('without-letter.png', 'quick')
    expect(record.original.probability).toBeLessThan(0.1)
    expect(record.zones?.alarm).toBeNull()
  })
})
