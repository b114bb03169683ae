import type { EventEmitter } from 'node:events'
import { app, type Session } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { CONTENT_SECURITY_POLICY } from '../../../electron/contentSecurityPolicy'
import { WINDOW_ORIGIN } from '../../../electron/origins'
import { fenceSession, fenceWindows } from '../../../electron/security'

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events')
  return { app: new Emitter() }
})

const page = `${WINDOW_ORIGIN}/index.html`

it('the content security policy allows this and nothing else', () => {
  expect(CONTENT_SECURITY_POLICY.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self' app:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ])
})

describe('the session of the windows', () => {
  /** A session as far as the fence sets it, and what its handlers answer. */
  function fenced(windowOrigin = WINDOW_ORIGIN) {
    const session = {
      setPermissionRequestHandler: vi.fn(),
      setPermissionCheckHandler: vi.fn(),
      setDevicePermissionHandler: vi.fn(),
      webRequest: { onBeforeRequest: vi.fn() },
    }
    fenceSession(session as object as Session, windowOrigin)
    const isCancelled = (url: string): unknown => {
      const answer = vi.fn()
      session.webRequest.onBeforeRequest.mock.calls[0]?.at(-1)({ url }, answer)
      return answer.mock.calls[0]?.[0].cancel
    }
    return { session, isCancelled }
  }

  it.each(['media', 'geolocation', 'clipboard-read', 'notifications', 'openExternal'])('grants no %s', (permission) => {
    const { session } = fenced()
    const answer = vi.fn()
    session.setPermissionRequestHandler.mock.calls[0]?.[0](null, permission, answer)
    expect(answer).toHaveBeenCalledExactlyOnceWith(false)
    expect(session.setPermissionCheckHandler.mock.calls[0]?.[0](null, permission)).toBe(false)
    expect(session.setDevicePermissionHandler.mock.calls[0]?.[0]({})).toBe(false)
  })

  it.each([page, 'app://film/one', 'data:image/png;base64,AAAA', 'blob:app://workstation/1', 'devtools://devtools/x'])(
    'lets %s through',
    (url) => expect(fenced().isCancelled(url)).toBe(false),
  )

  it.each([
    'https://example.org/',
    'http://127.0.0.1:5173/',
    'ws://127.0.0.1:5173/',
    'file:///etc/passwd',
    'ftp://example.org/film',
    'https://example.org/?app:',
    'no address',
  ])('stops %s', (url) => expect(fenced().isCancelled(url)).toBe(true))

  it('lets the development server and its socket through where the window comes from there', () => {
    const { isCancelled } = fenced('http://localhost:5173')
    expect(['http://localhost:5173/main.ts', 'ws://localhost:5173/'].map(isCancelled)).toEqual([false, false])
    expect(['http://localhost:5174/', 'ws://localhost:5174/', 'http://localhost/'].map(isCancelled)).toEqual([
      true,
      true,
      true,
    ])
  })
})

describe('every window', () => {
  /** The contents of a window that is made after the fence was put up. */
  async function contents() {
    const { EventEmitter: Emitter } = await import('node:events')
    const made: EventEmitter & { open?: () => unknown } = new Emitter()
    const setWindowOpenHandler = (open: () => unknown) => (made.open = open)
    app.removeAllListeners('web-contents-created')
    fenceWindows(WINDOW_ORIGIN)
    app.emit('web-contents-created', {}, Object.assign(made, { setWindowOpenHandler }))
    /** Whether what would happen does not. */
    const isPrevented = (name: string, url = page) => {
      const preventDefault = vi.fn()
      made.emit(name, { preventDefault }, url)
      return preventDefault.mock.calls.length > 0
    }
    return { made, isPrevented }
  }

  it.each(['will-navigate', 'will-redirect'])('stays where it is (%s)', async (name) => {
    const { isPrevented } = await contents()
    expect(isPrevented(name)).toBe(false)
    for (const url of ['https://example.org/', 'file:///film.dcm', 'app://film/one', 'app://workstation.evil/'])
      expect(isPrevented(name, url)).toBe(true)
  })

  it('opens no other one and embeds none', async () => {
    const { made, isPrevented } = await contents()
    expect(made.open?.()).toEqual({ action: 'deny' })
    expect(isPrevented('will-attach-webview')).toBe(true)
  })
})
