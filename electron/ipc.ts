import { ipcMain, type IpcMainInvokeEvent, type WebContents, type WebFrameMain } from 'electron'
import { workstationEvent, type WireError } from '../contract'
import { answerCall } from './calls'
import { CALL_CHANNEL, EVENT_CHANNEL } from './channels'
import { originOf } from './origins'
import type { Workstation } from '../main/compose'

/**
 * The edge between window and product: who calls, what, with which payload, and what goes back are all checked here.
 * Inside, types are trusted.
 */
export function serveCalls(workstation: Workstation, windowOrigin: string): void {
  ipcMain.handle(CALL_CHANNEL, (event: IpcMainInvokeEvent, name: unknown, params: unknown) => {
    if (!isTrusted(event.senderFrame, windowOrigin)) return refusedSender
    return answerCall(workstation, name, params)
  })
}

const refusedSender: { ok: false; error: WireError } = {
  ok: false,
  error: { code: 'BAD_REQUEST', message: 'Only the workstation’s own window may call the program.' },
}

/** Our page, and its top frame: an embedded frame, or a page that navigation brought in after all, gets nothing. */
function isTrusted(frame: WebFrameMain | null, windowOrigin: string): boolean {
  return frame !== null && frame.parent === null && originOf(frame.url) === windowOrigin
}

/** Passes what the product tells unasked on to the window, after the same check; returns the unsubscriber. */
export function forwardEvents(workstation: Workstation, contents: WebContents): () => void {
  return workstation.onEvent((event) => {
    if (contents.isDestroyed() || contents.isCrashed()) return
    const checked = workstationEvent.safeParse(event)
    if (checked.success) contents.send(EVENT_CHANNEL, checked.data)
    else console.error(`An event of type ${event.type} is not as agreed:`, checked.error.message)
  })
}
