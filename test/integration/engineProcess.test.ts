import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  BUNDLED_CLASSIFIER,
  BUNDLED_FLOW,
  type AuditEvent,
  type AuditRequest,
  type BackendChoice,
} from '../../contract'
import { createEngineClient, launchEngine } from '../../main/adapters/engineClient'
import { loadBackend } from '../../main/adapters/compute/backend/loadBackend'
import type { Engine } from '../../main/ports'
import { isAlive, until } from '../support/processes'
import { quietLogger } from '../support/quietLogger'
import { temporaryFolder } from '../support/temporaryFolder'
import { writeUntrainedModels } from '../support/untrainedModels'

const models = temporaryFolder()
const opened: Engine[] = []

beforeAll(async () => {
  await loadBackend('wasm')
  await writeUntrainedModels(models)
})
afterAll(() => Promise.all(opened.map((engine) => engine.close())))

/** A real engine process, and the children it has had. */
function openEngine(backend: BackendChoice = 'auto') {
  const children: ChildProcess[] = []
  const launch = () => {
    const child = launchEngine({ backend, models: [models] })
    children.push(child)
    return child
  }
  const engine = createEngineClient({ launch, log: quietLogger() })
  opened.push(engine)
  return { engine, children }
}

/** A picture with something in it: a bright disc on a ramp. */
const picture = Uint8Array.from({ length: 128 * 128 }, (_, i) => {
  const [x, y] = [i % 128, Math.floor(i / 128)]
  return Math.hypot(x - 64, y - 64) < 30 ? 220 : x
})
const request: AuditRequest = {
  ...{ model: BUNDLED_CLASSIFIER, flow: BUNDLED_FLOW, picture },
  ...{ preset: 'thorough', objective: 'activation', seed: 1, start: 'film', repeat: false },
}

describe('the engine process', () => {
  it('starts, says what it computes with, and why not with the faster ones', async () => {
    const { engine, children } = openEngine()
    const state = await engine.start()
    if (state.state !== 'ready') throw new Error(`not ready: ${JSON.stringify(state)}`)
    expect(state.info.models.map(({ name }) => name)).toEqual([BUNDLED_CLASSIFIER, BUNDLED_FLOW])
    const faster = { 'tensorflow-gpu': [], tensorflow: ['tensorflow-gpu'], wasm: ['tensorflow-gpu', 'tensorflow'] }
    expect(state.info.refused.map(({ backend }) => backend)).toEqual(faster[state.info.backend])
    expect(state.info.refused.every(({ reason }) => reason.length > 0)).toBe(true)
    await engine.close()
    await until(() => !isAlive(children[0]?.pid ?? 0))
  })

  it('measures bits whose map sums to them, the same every time', async () => {
    const { engine } = openEngine()
    const pictures = new Uint8Array(2 * picture.length)
    pictures.set(picture)
    const params = { flow: BUNDLED_FLOW, pictures, count: 2, noiseDraws: 2 }
    const [first, again] = [await engine.call('bits', params), await engine.call('bits', params)]
    expect(first.rows).toHaveLength(2)
    for (const [i, row] of first.rows.entries()) {
      expect(Math.abs(row.sumOfMap / row.bits - 1)).toBeLessThan(1e-4)
      expect(row.bits).toBe(again.rows[i]?.bits)
      expect(row.bpd).toBeCloseTo(row.bits / 128 / 128, 6)
    }
    await engine.close()
  })

  it('refuses a call whose payload does not fit, and lives on', async () => {
    const { engine } = openEngine()
    const short = { model: BUNDLED_CLASSIFIER, pictures: new Uint8Array(5), count: 1 }
    await expect(engine.call('classify', short)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    const wrongKind = { model: BUNDLED_FLOW, pictures: picture, count: 1 }
    await expect(engine.call('classify', wrongKind)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect((await engine.call('classify', { ...wrongKind, model: BUNDLED_CLASSIFIER })).rows).toHaveLength(1)
    await engine.close()
  })

  it('answers a cancelled audit with what it has, and does none of what is left', async () => {
    const { engine } = openEngine()
    const abort = new AbortController()
    const events: AuditEvent[] = []
    const onEvent = (event: AuditEvent) => {
      events.push(event)
      if (event.kind === 'point' && event.point.step >= 5) abort.abort()
    }
    const { outcome, pictures } = await engine.call('audit', request, { signal: abort.signal, onEvent })
    expect(outcome.stopped).toBe('cancelled')
    expect(events[0]?.kind).toBe('started')
    const points = events.filter(({ kind }) => kind === 'point')
    expect(outcome.path).toHaveLength(points.length)
    expect(pictures).toHaveLength(points.length * picture.length)
    // heard at a step soon after, not at the end of the way; what takes longest then is left out
    expect(outcome.path.at(-1)?.step).toBeLessThan(Number(outcome.settings['steps']) / 2)
    expect(outcome.rivals).toEqual([])
    expect(outcome.certificate.gradientDistance).toBeNull()
    await engine.close()
  })

  it('runs audits one after the other; the one behind can be cancelled before its turn', async () => {
    const { engine } = openEngine()
    await engine.start()
    const [first, second] = [new AbortController(), new AbortController()]
    const order: string[] = []
    const running = engine.call('audit', request, {
      signal: first.signal,
      onEvent: (event) => {
        if (event.kind === 'started') order.push('first')
        if (event.kind !== 'point') return
        second.abort()
        if (event.point.step >= 10) first.abort()
      },
    })
    const waiting = engine.call('audit', request, { signal: second.signal, onEvent: () => order.push('second') })
    const refused = expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' })
    await running
    await refused
    expect(order).toEqual(['first'])
    await engine.close()
  })

  it('killed: pending calls fail with what was lost, the state says so, a restart brings it back', async () => {
    const { engine, children } = openEngine()
    const states: string[] = []
    engine.onState(({ state }) => states.push(state))
    const audit = engine.call('audit', request, {
      onEvent: ({ kind }) => {
        if (kind === 'point') children[0]?.kill('SIGKILL')
      },
    })
    await expect(audit).rejects.toMatchObject({
      code: 'ENGINE_DIED',
      message: expect.stringContaining('Lost: the audit'),
    })
    expect(engine.state()).toMatchObject({ state: 'dead', message: expect.stringContaining('SIGKILL') })
    await expect(engine.call('info', null)).rejects.toMatchObject({ code: 'ENGINE_DIED' })
    expect(children).toHaveLength(1)
    const [restarted] = await Promise.all([engine.restart(), engine.restart()])
    expect(restarted).toMatchObject({ state: 'ready' })
    expect(children).toHaveLength(2)
    expect((await engine.call('info', null)).models).toHaveLength(2)
    expect(states).toEqual(['starting', 'ready', 'dead', 'starting', 'ready'])
    await engine.close()
    expect(children.every(({ pid }) => !isAlive(pid ?? 0))).toBe(true)
  })

  it('ends when its parent goes', async () => {
    const { engine, children } = openEngine()
    await engine.start()
    const [child] = children
    child?.disconnect()
    await until(() => !isAlive(child?.pid ?? 0))
  })

  it('says which backend cannot be had', async () => {
    const { engine } = openEngine('auto')
    const state = await engine.start()
    const missing = state.state === 'ready' ? state.info.refused[0]?.backend : undefined
    await engine.close()
    if (!missing) return
    const { engine: other } = openEngine(missing)
    expect(await other.start()).toMatchObject({ state: 'dead', message: expect.stringContaining(missing) })
    await expect(other.call('info', null)).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' })
  })
})
