import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { CallAnswer, CallParams, WorkstationApi, WorkstationCall, WorkstationEvent } from '../contract'
import { CALL_CHANNEL, EVENT_CHANNEL } from './channels'

/**
 * All that the window gets of the outside: `window.api`. Runs in the sandbox, so it is one file and imports no code but
 * Electron's. Nothing is checked here: the main side checks sender and payload (electron/ipc.ts), where a compromised
 * window cannot reach.
 */
const api: WorkstationApi = {
  call: <C extends WorkstationCall>(name: C, params: CallParams<C>): Promise<CallAnswer<C>> =>
    ipcRenderer.invoke(CALL_CHANNEL, name, params),

  onEvent(listener) {
    const forward = (_event: Electron.IpcRendererEvent, event: WorkstationEvent) => {
      listener(event)
    }
    ipcRenderer.on(EVENT_CHANNEL, forward)
    return () => {
      ipcRenderer.removeListener(EVENT_CHANNEL, forward)
    }
  },

  pathOfFile(file) {
    if (!(file instanceof Blob)) return ''
    // Before Electron 29 there was no webUtils, and a File carried its path itself.
    if (webUtils === undefined) return 'path' in file && typeof file.path === 'string' ? file.path : ''
    return file instanceof File ? webUtils.getPathForFile(file) : ''
  },
}

contextBridge.exposeInMainWorld('api', api)
