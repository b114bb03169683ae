import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { expect, it, vi } from 'vitest'
import { BUNDLED_FLOW, type ToEngine } from '../../../contract'
import { createEngineClient } from '../../../main/adapters/engineClient'
import { quietLogger } from '../../support/quietLogger'

const INFO = { backend: 'wasm', refused: [], threads: 1, versions: {}, models: [] }
const QUESTION = { flow: BUNDLED_FLOW, pictures: new Uint8Array(1), count: 1, noiseDraws: 1 }

/** A process that answers at once and, told to close, ends only when the test says so. */
function childThatTakesItsTime() {
  const child = Object.assign(new EventEmitter(), {
    connected: true,
    exitCode: null as number | null,
    signalCode: null,
    asked: 0,
    send(message: ToEngine) {
      if (message.type !== 'call') return
      if (message.method !== 'info') child.asked++
      const result = message.method === 'info' ? INFO : { rows: [] }
      queueMicrotask(() => child.emit('message', { type: 'result', id: message.id, result }))
    },
    disconnect: () => void (child.connected = false),
    kill: () => undefined,
    end() {
      child.exitCode = 0
      child.emit('exit', 0, null)
    },
  })
  return child
}

async function startedEngine() {
  const children: ReturnType<typeof childThatTakesItsTime>[] = []
  const launch = vi.fn(() => {
    const child = childThatTakesItsTime()
    children.push(child)
    queueMicrotask(() => child.emit('message', { type: 'ready' }))
    return child as unknown as ChildProcess
  })
  const engine = createEngineClient({ launch, log: quietLogger() })
  await engine.start()
  return { engine, children, launch }
}

it('a call while the engine starts again waits for the new process', async () => {
  const { engine, children } = await startedEngine()
  const restarted = engine.restart()
  expect(engine.state().state).toBe('starting')
  const answer = engine.call('bits', QUESTION)
  children[0]?.end()
  expect(await answer).toEqual({ rows: [] })
  expect(await restarted).toMatchObject({ state: 'ready' })
  expect(children.map(({ asked }) => asked)).toEqual([0, 1])
})

it('an engine that is closed while it starts again stays closed', async () => {
  const { engine, children, launch } = await startedEngine()
  void engine.restart()
  const closed = engine.close()
  children[0]?.end()
  await closed
  expect(launch).toHaveBeenCalledTimes(1)
})
