import { BrowserWindow, dialog, screen, type WebContents } from 'electron'
import { WINDOW_TITLES, type WindowRole } from '../contract'
import { DEFAULT_SIZE, isReachable, MINIMUM_SIZE, otherScreen, readBounds, saveBounds } from './windowBounds'

export interface WindowOptions {
  readonly role: WindowRole
  readonly preload: string
  /** Address of the window's page. */
  readonly address: string
  /** Where the window's place is remembered; null: a fresh window of the default size every time. */
  readonly boundsFile: string | null
  /** Called before the page is loaded, so that it misses no event. */
  readonly onContents: (contents: WebContents) => void
}

const windows = new Map<WindowRole, BrowserWindow>()

/** The main window. */
export const theWindow = (): BrowserWindow | null => windows.get('main') ?? null

const MINIMUM: Readonly<Record<WindowRole, { width: number; height: number }>> = {
  main: MINIMUM_SIZE,
  film: { width: 480, height: 480 },
}

/** A window of ours: no Node, sandboxed, isolated, dark from the first frame on. */
export async function openWindow(options: WindowOptions): Promise<BrowserWindow> {
  const { role, preload, address, boundsFile, onContents } = options
  const saved = boundsFile === null ? null : readBounds(boundsFile)
  const reachable =
    saved !== null &&
    isReachable(
      saved,
      screen.getAllDisplays().map((display) => display.workArea),
    )
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...(reachable ? { x: saved.x, y: saved.y, width: saved.width, height: saved.height } : usualPlace(role)),
    minWidth: MINIMUM[role].width,
    minHeight: MINIMUM[role].height,
    title: WINDOW_TITLES[role],
    backgroundColor: '#101418',
    autoHideMenuBar: true,
    show: false,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Electron would fetch dictionaries from the network.
      spellcheck: false,
    },
  })
  windows.set(role, window)
  window.once('closed', () => windows.delete(role))
  if (reachable && saved.maximized) window.maximize()
  if (boundsFile !== null) rememberBounds(window, boundsFile)
  reloadAfterCrash(window)
  window.once('ready-to-show', () => {
    window.show()
  })
  onContents(window.webContents)
  await window.loadURL(address)
  return window
}

/** The film goes to the screen that the main window is not on, where there is one, and fills it. */
function usualPlace(role: WindowRole): Partial<Electron.Rectangle> {
  const main = theWindow()
  if (role === 'main' || !main) return {}
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  return otherScreen(main.getBounds(), areas) ?? { width: 900, height: 1000 }
}

function rememberBounds(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    saveBounds(file, { ...window.getNormalBounds(), maximized: window.isMaximized() })
  })
}

/** A crashed page is loaded again (what was finished lives on the main side), but not for ever. */
function reloadAfterCrash(window: BrowserWindow): void {
  const mostPerMinute = 3
  let crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    console.error(`The window's process is gone (${reason}).`)
    crashes = [...crashes.filter((time) => Date.now() - time < 60_000), Date.now()]
    if (crashes.length <= mostPerMinute) window.webContents.reload()
    else {
      dialog.showErrorBox(
        'SimpleBits has to close',
        'Its window has failed again and again. Everything that was finished is kept; start the program again.',
      )
      window.destroy()
    }
  })
}
