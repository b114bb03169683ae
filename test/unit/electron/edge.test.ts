import { ipcMain, safeStorage, type IpcMainInvokeEvent, type WebContents, type WebFrameMain } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../../electron/channels'
import { forwardEvents, serveCalls } from '../../../electron/ipc'
import { WINDOW_ORIGIN } from '../../../electron/origins'
import { osKeyStore } from '../../../electron/osKeyStore'
import type { Workstation } from '../../../main/compose'

vi.mock('electron', () => ({
  ipcMain: { handle: vi.fn() },
  safeStorage: {
    isEncryptionAvailable: vi.fn(() => true),
    getSelectedStorageBackend: vi.fn(() => 'gnome_libsecret'),
    encryptString: vi.fn((text: string) => Buffer.from(`wrapped ${text}`)),
    decryptString: vi.fn((wrapped: Buffer) => wrapped.toString().replace(/^wrapped /, '')),
  },
}))

describe('the edge that the window’s calls come in at', () => {
  const call = vi.fn(async () => ({ ok: true, result: [] }))
  beforeEach(() => {
    call.mockClear()
    vi.mocked(ipcMain.handle).mockClear()
    const workstation: Partial<Workstation> = { call: call as Workstation['call'] }
    serveCalls(workstation as Workstation, WINDOW_ORIGIN)
  })

  /** What a frame is answered that asks for something harmless. */
  async function answerTo(frame: { url: string; parent: object | null } | null): Promise<unknown> {
    const [channel, listener] = vi.mocked(ipcMain.handle).mock.calls[0] ?? []
    expect(channel).toBe(CALL_CHANNEL)
    const event: Partial<IpcMainInvokeEvent> = { senderFrame: frame as WebFrameMain | null }
    return listener?.(event as IpcMainInvokeEvent, 'listCases', null)
  }
  const page = `${WINDOW_ORIGIN}/index.html#/worklist`

  it('lets the window’s own page through', async () => {
    expect(await answerTo({ url: page, parent: null })).toEqual({ ok: true, result: [] })
    expect(call).toHaveBeenCalledExactlyOnceWith('listCases', null)
  })

  it.each([
    ['a frame that is gone', null],
    ['a frame within the page', { url: page, parent: {} }],
    ['a page from elsewhere', { url: 'https://workstation/index.html', parent: null }],
    ['a page whose address only begins alike', { url: `${WINDOW_ORIGIN}.evil/index.html`, parent: null }],
    ['the scheme’s other host', { url: 'app://film/one', parent: null }],
    ['an empty frame', { url: 'about:blank', parent: null }],
    ['a frame without an address', { url: '', parent: null }],
  ])('refuses %s, before the program hears of it', async (_what, frame) => {
    expect(await answerTo(frame)).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } })
    expect(call).not.toHaveBeenCalled()
  })
})

describe('what the program tells the window unasked', () => {
  let tell: (event: unknown) => void = () => undefined
  const unsubscribe = vi.fn()
  const workstation: Partial<Workstation> = {
    onEvent(listener) {
      tell = listener as typeof tell
      return unsubscribe
    },
  }
  const contents = { isDestroyed: vi.fn(() => false), isCrashed: vi.fn(() => false), send: vi.fn() }
  const start = () => forwardEvents(workstation as Workstation, contents as Partial<WebContents> as WebContents)
  const event = { type: 'labRemoved', runId: 'tiny' }
  beforeEach(() => contents.send.mockClear())
  afterEach(() => vi.restoreAllMocks())

  it('is passed on as long as there is a window', () => {
    expect(start()).toBe(unsubscribe)
    tell(event)
    expect(contents.send).toHaveBeenCalledExactlyOnceWith(EVENT_CHANNEL, event)
    contents.isCrashed.mockReturnValueOnce(true)
    tell(event)
    contents.isDestroyed.mockReturnValueOnce(true)
    tell(event)
    expect(contents.send).toHaveBeenCalledOnce()
  })

  it('is kept back where it is not as agreed', () => {
    const said = vi.spyOn(console, 'error').mockReturnValue()
    start()
    tell({ ...event, patient: 'DOE^JANE' })
    expect(contents.send).not.toHaveBeenCalled()
    expect(JSON.stringify(said.mock.calls)).not.toContain('DOE')
  })
})

describe('the desktop’s key store', () => {
  const on = (platform: NodeJS.Platform) => vi.spyOn(process, 'platform', 'get').mockReturnValue(platform)
  afterEach(() => vi.restoreAllMocks())

  it.each(['basic_text', 'unknown'] as const)('is none where Linux has only %s: that is no lock', (backend) => {
    on('linux')
    vi.mocked(safeStorage.getSelectedStorageBackend).mockReturnValueOnce(backend)
    expect(osKeyStore()).toBeNull()
  })

  it.each(['linux', 'darwin', 'win32'] as const)('is none on %s where nothing can be enciphered', (platform) => {
    on(platform)
    vi.mocked(safeStorage.isEncryptionAvailable).mockReturnValueOnce(false)
    expect(osKeyStore()).toBeNull()
  })

  it.each([
    ['linux', 'the desktop’s keyring'],
    ['darwin', 'the macOS Keychain'],
    ['win32', 'Windows Data Protection'],
  ] as const)('of %s is %s, and gives back the bytes that it was given', (platform, name) => {
    on(platform)
    const store = osKeyStore()
    expect(store?.name).toBe(name)
    const secret = Buffer.from([0, 255, 128, 10, 13, 200])
    const wrapped = store?.wrap(secret)
    expect(wrapped?.equals(secret)).toBe(false)
    expect(store?.unwrap(wrapped ?? Buffer.alloc(0))).toEqual(secret)
  })
})
