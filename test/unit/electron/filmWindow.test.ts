import type { BrowserWindow } from 'electron'
import { describe, expect, it } from 'vitest'
import { sharedStage, type SharedStage, type WorkstationEvent } from '../../../contract'
import { filmWindowOf } from '../../../electron/filmWindow'
import { filmWindowCallsOf } from '../../../main/app/filmWindow'
import type { FilmWindow } from '../../../main/ports'

const stage: SharedStage = sharedStage.parse({
  caseId: 'one',
  view: { zoom: 2, centre: { x: 10, y: 20 }, turn: { quarters: 1, mirrored: true } },
  voi: { kind: 'window', center: 1, width: 2, function: 'LINEAR', explanation: null },
  invert: true,
  crosshair: true,
  cursor: null,
  measurements: [],
})

function scripted() {
  const events: WorkstationEvent[] = []
  let listener: (open: boolean) => void = () => undefined
  let open = false
  const become = (now: boolean) => listener((open = now))
  const window: FilmWindow = {
    show: async () => become(true),
    hide: async () => become(false),
    isOpen: () => open,
    onChange(told) {
      listener = told
      return () => undefined
    },
  }
  return { calls: filmWindowCallsOf(window, (event) => events.push(event)), events }
}

describe('the film’s own window', () => {
  it('tells when it opens and closes', async () => {
    const { calls, events } = scripted()
    await calls.showFilmWindow({ open: true })
    expect(await calls.filmWindowIsOpen(null)).toBe(true)
    await calls.showFilmWindow({ open: false })
    expect(events).toEqual([
      { type: 'filmWindow', open: true },
      { type: 'filmWindow', open: false },
    ])
  })

  it('is told what the main window shows, also later; what it shows itself is only passed on', async () => {
    const { calls, events } = scripted()
    expect(await calls.sharedStage(null)).toBeNull()
    await calls.shareStage({ from: 'main', stage })
    await calls.shareStage({ from: 'film', stage: { ...stage, invert: false } })
    expect(await calls.sharedStage(null)).toEqual(stage)
    expect(events.map((event) => event.type === 'sharedStage' && event.from)).toEqual(['main', 'film'])
  })

  it.each([
    ['a place that is no number', { cursor: { x: NaN, y: 0 } }],
    ['a turn that there is not', { view: { ...stage.view, turn: { quarters: 4, mirrored: false } } }],
    ['a zoom of nothing', { view: { ...stage.view, zoom: 0 } }],
    ['a key too many', { file: '/etc/passwd' }],
  ])('is not told %s', (_what, change) => {
    expect(sharedStage.safeParse({ ...stage, ...change }).success).toBe(false)
  })
})

describe('the window on the screen', () => {
  it('goes with the main window even where that is closed while it still loads', async () => {
    let closed = false
    let loaded: (window: BrowserWindow) => void = () => undefined
    const port = filmWindowOf(() => new Promise((resolve) => (loaded = resolve)))
    const showing = port.show()
    const hiding = port.hide()
    loaded({ once: () => undefined, close: () => (closed = true) } as unknown as BrowserWindow)
    await Promise.all([showing, hiding])
    expect(closed).toBe(true)
  })
})
