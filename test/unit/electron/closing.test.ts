import { EventEmitter } from 'node:events'
import { app, dialog, type BrowserWindow } from 'electron'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { askBeforeClosing, closeWithApp } from '../../../electron/closing'
import { workInHand } from '../../../electron/workInHand'
import type { Workstation } from '../../../main/compose'
import { exampleExperiment } from '../../support/exampleExperiment'
import { ask } from '../../support/ask'
import { until } from '../../support/processes'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events')
  const app = Object.assign(new Emitter(), { quit: vi.fn(), exit: vi.fn() })
  return { app, dialog: { showMessageBox: vi.fn() } }
})

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const before = new Map(signals.map((name) => [name, process.listeners(name)]))

afterEach(() => {
  vi.mocked(dialog.showMessageBox).mockReset()
  for (const name of signals)
    for (const listener of process.listeners(name))
      if (!before.get(name)?.includes(listener)) process.off(name, listener)
})

/** A window as far as closing it goes, and the question that it is closed over. */
function windowOver(work: string[]) {
  const events = new EventEmitter()
  const state = { closed: false }
  const close = () => {
    let prevented = false
    events.emit('close', { preventDefault: () => (prevented = true) })
    state.closed ||= !prevented
  }
  const window = { on: events.on.bind(events), close, isDestroyed: () => state.closed }
  askBeforeClosing(window as Partial<BrowserWindow> as BrowserWindow, () => work)
  return { state, close, asked: vi.mocked(dialog.showMessageBox) }
}

const answer = (response: number) => ({ response, checkboxChecked: false })

describe('closing the window', () => {
  it('needs no answer while nothing is being computed', () => {
    const { state, close, asked } = windowOver([])
    close()
    expect(state.closed).toBe(true)
    expect(asked).not.toHaveBeenCalled()
  })

  it('over work asks once, and keeps the window where the user says so', async () => {
    const { state, close, asked } = windowOver(['An audit is running.'])
    asked.mockResolvedValue(answer(0))
    close()
    close()
    await until(() => asked.mock.results.length > 0)
    expect(asked).toHaveBeenCalledTimes(1)
    expect(asked.mock.calls[0]?.at(-1)).toMatchObject({ detail: 'An audit is running.', defaultId: 0, cancelId: 0 })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(state.closed).toBe(false)
    close()
    expect(asked).toHaveBeenCalledTimes(2)
  })

  it('over work goes through where the user says so', async () => {
    const { state, close, asked } = windowOver(['An audit is running.'])
    asked.mockResolvedValue(answer(1))
    close()
    await until(() => state.closed)
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('by a signal is not asked about', () => {
    const { state, close, asked } = windowOver(['An audit is running.'])
    vi.mocked(app.quit).mockImplementation(close)
    process.emit('SIGTERM')
    expect(state.closed).toBe(true)
    expect(asked).not.toHaveBeenCalled()
  })
})

describe('the end of the app', () => {
  it('waits until everything is closed, also where it is asked for twice', async () => {
    let closed: () => void = () => undefined
    const close = vi.fn(() => new Promise<void>((resolve) => (closed = resolve)))
    closeWithApp(close, () => 3)
    const preventDefault = vi.fn()
    app.emit('will-quit', { preventDefault })
    app.emit('will-quit', { preventDefault })
    expect(preventDefault).toHaveBeenCalledTimes(2)
    expect(close).toHaveBeenCalledTimes(1)
    expect(app.exit).not.toHaveBeenCalled()
    closed()
    await until(() => vi.mocked(app.exit).mock.calls.length > 0)
    expect(app.exit).toHaveBeenCalledWith(3)
  })
})

describe('the work that closing would end', () => {
  it('is every audit that runs or waits, the queue, and the runs of the lab', async () => {
    const { workstation, script, labEngine } = await scriptedWorkstation(temporaryFolder())
    const { sentences: work } = workInHand(workstation)
    const { added } = await ask(workstation, 'importFiles', { paths: ['/films/film-1.dcm', '/films/film-2.dcm'] })
    expect(work()).toEqual([])
    const choice = { preset: 'quick', objective: 'activation', seed: 0 } as const
    for (const caseId of added)
      await ask(workstation, 'startAudit', { caseId, ...choice, repeat: false, confirmed: false })
    expect(work()).toEqual(['2 audits are running or waiting; they would end without a result.'])
    await until(() => script.audits.length === 1)
    script.audits[0]?.finish()
    await until(() => script.audits.length === 2)
    expect(work()).toEqual(['An audit is running; it would end without a result.'])
    script.audits[1]?.finish()
    await until(() => work().length === 0)

    await ask(workstation, 'reviewBatchStart', { queue: 'unaudited', caseIds: added, ...choice })
    await until(() => script.audits.length === 3)
    expect(work()).toContain('A queue is being audited; it would stop. What is finished is kept.')
    await ask(workstation, 'reviewBatchStop', { now: true })
    script.audits[2]?.finish()
    await until(() => work().length === 0)

    await ask(workstation, 'labStart', { experiment: exampleExperiment() })
    expect(work()).toEqual(['The lab is computing; its runs would pause and can be resumed.'])
    await until(() => labEngine.pending.length === 1)
    await labEngine.pending[0]?.end('done')
    await until(() => work().length === 0)
    await workstation.close()
  })

  it('is every import and every file that is written, until it is there', async () => {
    const answers: (() => void)[] = []
    const over = { ok: false, error: { code: 'CANCELLED', message: 'over' } } as const
    const call: Workstation['call'] = () => new Promise<typeof over>((resolve) => answers.push(() => resolve(over)))
    const { watched, sentences } = workInHand({ call, onEvent: () => () => undefined })
    const asked = [
      watched.call('importFiles', { paths: ['/films'] }),
      watched.call('importFiles', { paths: ['/more'] }),
      watched.call('reviewExport', null),
      watched.call('listCases', null),
    ]
    expect(sentences()).toEqual([expect.stringContaining('imported'), expect.stringContaining('written')])
    answers.splice(1).forEach((end) => end())
    await until(() => sentences().length === 1)
    expect(sentences()[0]).toContain('imported')
    answers.forEach((end) => end())
    await Promise.all(asked)
    expect(sentences()).toEqual([])
  })
})
