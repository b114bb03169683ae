import { expect, test } from '@playwright/test'
import { startWorkstation, type RunningWorkstation } from './support/workstation'

let workstation: RunningWorkstation
test.beforeAll(async () => {
  workstation = await startWorkstation()
})
test.afterAll(() => workstation.close())

test('the window has no Node and one door', async () => {
  const found = await workstation.page.evaluate(() => ({
    node: [
      typeof Reflect.get(window, 'require'),
      typeof Reflect.get(window, 'process'),
      typeof Reflect.get(window, 'module'),
    ],
    api: Object.keys(window.api).sort(),
    origin: location.origin,
  }))
  expect(found).toEqual({
    node: ['undefined', 'undefined', 'undefined'],
    api: ['call', 'onEvent', 'pathOfFile'],
    origin: 'app://workstation',
  })
})

test('the window is sandboxed and isolated', async () => {
  const preferences = await workstation.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    // Not in the public types, but the only way to ask a running window.
    const ask: unknown = contents && Reflect.get(contents, 'getLastWebPreferences')
    return typeof ask === 'function' ? JSON.stringify(ask.call(contents)) : '{}'
  })
  expect(JSON.parse(preferences)).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  })
})

test('scripts that are not the window’s own do not run', async () => {
  const outcome = await workstation.page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'window.injected = true'
    document.body.append(script)
    script.remove()
    // The debugger, which runs this function, may evaluate; what runs later may not.
    await new Promise((resolve) => setTimeout(resolve, 0))
    let evaluated: unknown = 'refused'
    try {
      evaluated = globalThis.eval('1 + 1')
    } catch {
      // As it should be.
    }
    return { injected: Reflect.has(window, 'injected'), evaluated }
  })
  expect(outcome).toEqual({ injected: false, evaluated: 'refused' })
})

test('the window stays where it is and opens no other', async () => {
  const { app, page } = workstation
  const before = page.url()
  expect(await page.evaluate(() => window.open('https://example.org/'))).toBeNull()
  await page.evaluate(() => {
    location.assign('https://example.org/')
  })
  await page.evaluate(() => {
    location.assign('file:///etc/passwd')
  })
  await page.waitForTimeout(500)
  expect(page.url()).toBe(before)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('nothing is fetched from elsewhere', async () => {
  const outcomes = await workstation.page.evaluate(() =>
    Promise.all(
      ['https://example.org/', 'http://127.0.0.1:9/', 'file:///etc/passwd'].map((address) =>
        fetch(address).then(
          () => 'fetched',
          () => 'refused',
        ),
      ),
    ),
  )
  expect(outcomes).toEqual(['refused', 'refused', 'refused'])
})

test('app:// serves the window’s files and films, nothing else', async () => {
  const status = (path: string) => workstation.page.evaluate((address) => fetch(address).then((r) => r.status), path)
  expect(await status('app://workstation/index.html')).toBe(200)
  expect(await status('app://workstation/..%2f..%2fpackage.json')).toBe(403)
  expect(await status('app://workstation/%2e%2e/electron/main.cjs')).not.toBe(200)
  expect(await status('app://workstation/..%2felectron%2fmain.cjs')).toBe(403)
  expect(await status('app://film/no-such-case')).toBe(404)
  expect(await status('app://film/..%2f..%2fetc%2fpasswd')).toBe(400)
})

test('permissions are denied', async () => {
  expect(await workstation.page.evaluate(() => Notification.requestPermission())).toBe('denied')
  const camera = await workstation.page.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      (error: Error) => error.name,
    ),
  )
  expect(camera).not.toBe('granted')
})

test('calls that are not as agreed are refused as data', async () => {
  const answers = await workstation.page.evaluate(async () => {
    const call = (name: string, params: unknown): unknown => Reflect.apply(window.api.call, window.api, [name, params])
    return [
      await call('readFile', { path: '/etc/passwd' }),
      await call('constructor', null),
      await call('openCase', { caseId: '../../etc/passwd' }),
      await call('appInfo', { surplus: true }),
      await call('importFiles', { paths: 'not a list' }),
    ]
  })
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } })
})
