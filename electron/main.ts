import { join } from 'node:path'
import { app, dialog, session } from 'electron'
import { SimpleBitsError, type WindowRole } from '../contract'
import { composeWorkstation, type UserDialogs, type Workstation } from '../main/compose'
import { askBeforeClosing, closeWithApp } from './closing'
import { prepareDemo, type Demo } from './demo'
import { nativeDialogs, scriptedDialogs } from './dialogs'
import { filmWindowOf } from './filmWindow'
import { forwardEvents, serveCalls } from './ipc'
import { knownPaths } from './knownPaths'
import { launchOptions, type LaunchOptions } from './launchOptions'
import { installMenu } from './menu'
import { originOf, WINDOW_ORIGIN } from './origins'
import { osKeyStore } from './osKeyStore'
import { registerScheme, serveAppProtocol } from './protocol'
import { fenceSession, fenceWindows } from './security'
import { openWindow, theWindow } from './window'
import { workInHand } from './workInHand'

const options = launchOptions({ argv: process.argv, env: process.env, packaged: app.isPackaged })
let workstation: Workstation | null = null
let demo: Demo | null = null
let exitCode = 0

/** Starts the workstation: fences first, then the product, then the window. */
async function start(): Promise<void> {
  closeWithApp(
    () => Promise.all([workstation?.close(), demo?.close()]),
    () => exitCode,
  )
  demo = options.demo ? prepareDemo(options.demoOut) : null
  if (demo) app.setPath('userData', demo.store)
  await app.whenReady()

  // The window records its frame times where a test asks for them (renderer/viewer/frameTimes.ts).
  const address = options.developmentServer ?? `${WINDOW_ORIGIN}/${options.test ? '?probe=1' : ''}`
  const windowOrigin = originOf(address)
  fenceWindows(windowOrigin)
  fenceSession(session.defaultSession, windowOrigin)
  installMenu({ developer: options.developmentServer !== null })

  const userData = app.getPath('userData')
  const open = (role: WindowRole) =>
    openWindow({
      role,
      preload: join(app.getAppPath(), 'out/preload/preload.cjs'),
      address: role === 'main' ? address : filmAddress(address),
      boundsFile: options.demo ? null : join(userData, role === 'main' ? 'window.json' : 'film-window.json'),
      onContents(contents) {
        const stop = workstation && forwardEvents(workstation, contents)
        contents.once('destroyed', () => stop?.())
      },
    })
  const filmWindow = filmWindowOf(() => open('film'))
  const paths = knownPaths(demo?.dialogs ?? dialogsFor(options))
  const product = composeWorkstation({
    userData,
    dialogs: paths.dialogs,
    osKeyStore: options.test ? () => null : osKeyStore,
    throwAway: demo !== null,
    filmWindow,
  })
  workstation = product
  serveAppProtocol({ windowFolder: join(app.getAppPath(), 'out/renderer'), windowOrigin, workstation: product })
  const work = workInHand(product)
  serveCalls(paths.guard(work.watched), windowOrigin)

  const window = await open('main')
  if (!options.demo && !options.test) askBeforeClosing(window, work.sentences)
  // The film's window is nothing without the workstation's.
  window.once('closed', () => void filmWindow.hide())
  await demo?.run({ window, workstation: product })
}

/** The same page, told to show the film alone (renderer/main.ts). */
function filmAddress(address: string): string {
  const url = new URL(address)
  url.searchParams.set('window', 'film')
  return url.href
}

function dialogsFor({ test }: LaunchOptions): UserDialogs {
  if (!test) return nativeDialogs(theWindow)
  // Read at each question, so that a test can change its answer.
  return scriptedDialogs({
    open: () => process.env['SIMPLEBITS_DIALOG_OPEN']?.split('\n') ?? null,
    save: () => process.env['SIMPLEBITS_DIALOG_SAVE'] ?? null,
  })
}

function fail(error: unknown): void {
  console.error(error instanceof SimpleBitsError ? error.message : error)
  // Started from a desktop, nobody reads that.
  if (!options.demo && !options.test)
    dialog.showErrorBox('SimpleBits could not start', SimpleBitsError.from(error).message)
  exitCode = 1
  app.quit()
}

registerScheme()
app.on('window-all-closed', () => {
  app.quit()
})
// Before the lock, which is the folder's: two windows may show two stores. A demonstration never takes the user's.
if (options.store !== null && !options.demo) app.setPath('userData', options.store)
const several = options.test || options.demo
if (several || app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    const window = theWindow()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  start().catch(fail)
} else {
  app.quit()
}
