import { BrowserWindow, screen, type WebContents } from 'electron'
import { DEFAULT_SIZE, isReachable, MINIMUM_SIZE, readBounds, saveBounds } from './windowBounds'

export interface WindowOptions {
  readonly preload: string
  /** Address of the window's page. */
  readonly address: string
  /** Where the window's place is remembered; null: a fresh window of the default size every time. */
  readonly boundsFile: string | null
  /** Called before the page is loaded, so that it misses no event. */
  readonly onContents: (contents: WebContents) => void
}

export const theWindow = (): BrowserWindow | null => BrowserWindow.getAllWindows()[0] ?? null

/** The one window: no Node, sandboxed, isolated, dark from the first frame on. */
export async function openWindow({ preload, address, boundsFile, onContents }: WindowOptions): Promise<BrowserWindow> {
  const saved = boundsFile === null ? null : readBounds(boundsFile)
  const reachable =
    saved !== null &&
    isReachable(
      saved,
      screen.getAllDisplays().map((display) => display.workArea),
    )
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...(reachable ? { x: saved.x, y: saved.y, width: saved.width, height: saved.height } : {}),
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    title: 'SimpleBits workstation',
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
    else window.destroy()
  })
}
