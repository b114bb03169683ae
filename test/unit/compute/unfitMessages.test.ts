import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { BUNDLED_CLASSIFIER } from '../../../contract'
import { createDispatch } from '../../../main/adapters/compute/dispatch'
import type { EngineContext } from '../../../main/adapters/compute/handler'
import { openEngineChannel } from '../../../main/adapters/engineClient/engineChannel'
import { quietLogger } from '../../support/quietLogger'

const WHAT_TO_DO = /^[^{[\n]* Restart the engine; if it happens again, send the log\.$/

describe('a message between program and engine that does not fit', () => {
  it('is a plain sentence where the engine answers so; what is wrong goes to the log', async () => {
    const child = Object.assign(new EventEmitter(), {
      connected: true,
      send(message: { type: string; id: number }) {
        if (message.type === 'call') child.emit('message', { type: 'result', id: message.id, result: { rows: 'none' } })
      },
    })
    const log = { ...quietLogger(), error: vi.fn() }
    const channel = openEngineChannel(child as unknown as ChildProcess, log)
    child.emit('message', { type: 'ready' })
    const params = { model: BUNDLED_CLASSIFIER, pictures: new Uint8Array(1), count: 1 }
    const error: unknown = await channel.call('classify', params, {}).catch((problem: unknown) => problem)
    expect(error).toMatchObject({ code: 'INTERNAL', message: expect.stringMatching(WHAT_TO_DO) })
    expect(error).toMatchObject({ cause: { issues: expect.arrayContaining([expect.objectContaining({})]) } })
    const [fields] = log.error.mock.calls[0] ?? []
    expect(fields).toMatchObject({ method: 'classify' })
    expect(JSON.stringify(fields)).toContain('rows')
  })

  it('is a plain sentence where the program asks so', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const dispatch = createDispatch({ traffic: { enter: () => () => undefined } } as unknown as EngineContext)
    const { signal } = new AbortController()
    const asked = dispatch({ method: 'classify', params: { count: 'many' }, emit: () => undefined, signal })
    await expect(asked).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringMatching(WHAT_TO_DO) })
    expect(said.mock.calls.join()).toContain('"count"')
    said.mockRestore()
  })
})
