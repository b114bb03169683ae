import { parentPort } from 'node:worker_threads'
import { SimpleBitsError, type WireError } from '../../../contract'
import { typeset, type ReportToSet } from './typeset'

/** A PDF, or why there is none. */
export type SetReport = { readonly pdf: Uint8Array } | { readonly error: WireError }

/** Entry of the thread that sets reports: one after the other, answered in the order in which they came. */
const port = parentPort
if (port === null) throw new Error('reportWorker runs as a worker thread only')

const answer = async (request: ReportToSet): Promise<void> => {
  try {
    const reply: SetReport = { pdf: await typeset(request) }
    port.postMessage(reply)
  } catch (error) {
    const reply: SetReport = { error: SimpleBitsError.from(error).toWire() }
    port.postMessage(reply)
  }
}

let last = Promise.resolve()
port.on('message', (request: ReportToSet) => (last = last.then(() => answer(request))))
