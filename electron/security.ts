import { app, type Session, type WebContents } from 'electron'
import { originOf } from './origins'

/** Every window content ever made is fenced in: it stays where it is, opens nothing and embeds nothing. */
export function fenceWindows(windowOrigin: string): void {
  app.on('web-contents-created', (_event, contents) => {
    fence(contents, windowOrigin)
  })
}

function fence(contents: WebContents, windowOrigin: string): void {
  // A reload is a navigation to the window itself; everything else, a dropped file too, would leave it.
  const stay = (event: Electron.Event, url: string) => {
    if (originOf(url) !== windowOrigin) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** No permission is ever granted, and no request leaves the machine: the window needs neither. */
export function fenceSession(session: Session, windowOrigin: string): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isLocal(details.url, windowOrigin) })
  })
}

const localSchemes = ['app:', 'data:', 'blob:', 'devtools:']

function isLocal(address: string, windowOrigin: string): boolean {
  const origin = originOf(address)
  // The development server's socket for hot reload has the window's host and another scheme.
  return localSchemes.some((scheme) => address.startsWith(scheme)) || origin.replace(/^ws/, 'http') === windowOrigin
}
