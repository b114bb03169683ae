import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditPicture } from '../../../main/engine/audit'
import type { AuditEvent, AuditRequest } from '../../../main/engine/audit/request'
import { TINY_SETTINGS, tinyAudit } from '../../support/tinyAudit'

describe('an audit that is cancelled when its search is over', () => {
  let tiny: ReturnType<typeof tinyAudit>
  beforeAll(() => void (tiny = tinyAudit()))
  afterAll(() => tiny.dispose())

  const cancelledAt = async (moment: (event: AuditEvent) => boolean, repeat: boolean) => {
    const signal = { aborted: false }
    const settings = { ...TINY_SETTINGS, path: { ...TINY_SETTINGS.path, steps: 5 } }
    const request: AuditRequest = {
      ...{ filmLevels: tiny.picture, preset: 'quick', objective: 'activation', seed: 3, repeat, settings },
    }
    const onEvent = (event: AuditEvent) => void (signal.aborted ||= moment(event))
    return (await auditPicture(tiny.dependencies, request, { signal, onEvent })).outcome
  }
  const noted = (words: string) => (event: AuditEvent) =>
    event.kind === 'progress' && event.progress.note.startsWith(words)

  it('counts as finished while it is repeated, and says what is missing', async () => {
    const outcome = await cancelledAt(noted('repeated'), true)
    expect(outcome.stopped).toBe('finished')
    expect(outcome.certificate.repeatability).toBeNull()
    const warnings = outcome.warnings.join(' ')
    expect(warnings).toContain('after its search, which is complete')
    expect(warnings).toContain('Not measured: further seeds, the gradient distance, cheap rivals.')
    expect(warnings).not.toContain('longer search')
  })

  it('names nothing as missing that was not asked for', async () => {
    const outcome = await cancelledAt(noted('certificate'), false)
    expect(outcome.stopped).toBe('finished')
    expect(outcome.warnings.join(' ')).toContain('Not measured: the gradient distance, cheap rivals.')
  })

  it('is cut off one step earlier', async () => {
    const outcome = await cancelledAt((event) => event.kind === 'point' && event.point.step < 5, true)
    expect(outcome.stopped).toBe('cancelled')
    expect(outcome.warnings.join(' ')).toContain('a longer search may find a simpler picture')
  })
})
