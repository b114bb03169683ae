import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { dialog } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { CONTENT_SECURITY_POLICY } from '../../../electron/contentSecurityPolicy'
import { nativeDialogs } from '../../../electron/dialogs'
import { launchOptions } from '../../../electron/launchOptions'
import { originOf, WINDOW_ORIGIN } from '../../../electron/origins'
import { isReachable, readBounds, saveBounds } from '../../../electron/windowBounds'
import { mediaTypeOf, windowFile } from '../../../electron/windowFiles'
import { temporaryFolder } from '../../support/temporaryFolder'

vi.mock('electron', () => ({ dialog: { showSaveDialog: vi.fn() }, shell: {} }))

describe('files of the window', () => {
  const root = '/app/out/renderer'

  it('come from the built window', () => {
    expect(windowFile(root, '/')).toBe('/app/out/renderer/index.html')
    expect(windowFile(root, '/assets/index-1.js')).toBe('/app/out/renderer/assets/index-1.js')
    expect(windowFile(root, '/a%20b.svg')).toBe('/app/out/renderer/a b.svg')
  })

  it.each([
    '/../electron/main.cjs',
    '/..%2felectron%2fmain.cjs',
    '/%2e%2e/electron/main.cjs',
    '/assets/..%2f..%2f..%2fetc%2fpasswd',
    '/..%5celectron',
    '/%00index.html',
    '/%',
    '/..%2frenderer-old/index.html',
    '/.',
  ])('never from elsewhere: %s', (path) => {
    expect(windowFile(root, path)).toBeNull()
  })

  it('are of kinds that a window consists of', () => {
    expect(mediaTypeOf('x/index.html')).toMatch('text/html')
    expect(mediaTypeOf('x/main.JS')).toMatch('text/javascript')
    expect(mediaTypeOf('x/main.js.map')).toBeNull()
    expect(mediaTypeOf('x/weights.safetensors')).toBeNull()
  })
})

describe('origins', () => {
  it('compare scheme and authority, not the beginning of the address', () => {
    expect(originOf('app://workstation/index.html#x')).toBe(WINDOW_ORIGIN)
    expect(originOf('app://workstation.evil/')).not.toBe(WINDOW_ORIGIN)
    expect(originOf('https://workstation/')).not.toBe(WINDOW_ORIGIN)
    expect(originOf('not an address')).toBe('')
  })
})

describe('the content security policy', () => {
  it('starts from nothing and allows no script but the window’s own files', () => {
    expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none';/)
    expect(CONTENT_SECURITY_POLICY).toContain("script-src 'self';")
    expect(CONTENT_SECURITY_POLICY).not.toContain('unsafe-eval')
  })
})

describe('launch options', () => {
  it('name a store from the folder on that the app is started in', () => {
    const { store } = launchOptions({ argv: ['electron', '.'], env: { SIMPLEBITS_STORE: 'films' }, packaged: false })
    expect(store).toBe(resolve('films'))
  })

  const argv = ['electron', '--no-sandbox', '/repo', '--demo', '--demo-out=out/demo']

  it('are found among Chromium’s switches', () => {
    expect(launchOptions({ argv, env: {}, packaged: false })).toMatchObject({ demo: true, demoOut: 'out/demo' })
    expect(launchOptions({ argv: ['electron', '/repo'], env: {}, packaged: false })).toMatchObject({
      demo: false,
      demoOut: null,
      test: false,
    })
  })

  it('of tests and development are dead in a package', () => {
    const env = { SIMPLEBITS_TEST: '1', ELECTRON_RENDERER_URL: 'http://localhost:5173' }
    expect(launchOptions({ argv, env, packaged: false })).toMatchObject({
      test: true,
      developmentServer: 'http://localhost:5173',
    })
    expect(launchOptions({ argv, env, packaged: true })).toMatchObject({ test: false, developmentServer: null })
  })
})

describe('the window’s place', () => {
  const bounds = { x: 10, y: 20, width: 1600, height: 1000, maximized: false }

  it('is remembered, and forgotten where the file is no longer sound', () => {
    const file = join(temporaryFolder(), 'deeper', 'window.json')
    expect(readBounds(file)).toBeNull()
    saveBounds(file, bounds)
    expect(readBounds(file)).toEqual(bounds)
    writeFileSync(file, '{"x": "left"}')
    expect(readBounds(file)).toBeNull()
  })

  it('counts only on a screen that is there', () => {
    const screen = { x: 0, y: 0, width: 1920, height: 1080 }
    expect(isReachable(bounds, [screen])).toBe(true)
    expect(isReachable({ ...bounds, x: 1900 }, [screen])).toBe(false)
    expect(isReachable({ ...bounds, x: 2000 }, [screen, { ...screen, x: 1920 }])).toBe(true)
    expect(isReachable({ ...bounds, y: -990 }, [screen])).toBe(false)
  })
})

describe('the desktop’s dialog for a file to be written', () => {
  it('asks before it overwrites an earlier report', async () => {
    vi.mocked(dialog.showSaveDialog).mockResolvedValue({ canceled: false, filePath: '/reports/film.pdf', bookmark: '' })
    const path = await nativeDialogs(() => null).saveFile({ suggestedName: 'film.pdf' })
    expect(path).toBe('/reports/film.pdf')
    const [options] = vi.mocked(dialog.showSaveDialog).mock.calls[0] ?? []
    expect(options).toMatchObject({ properties: expect.arrayContaining(['showOverwriteConfirmation']) })
  })
})
