import { threadProgram } from '../files'

/** The decoding thread's program (`threadProgram`). */
export function decodeWorkerFile(callerUrl: string = import.meta.url): string {
  return threadProgram('decodeWorker', callerUrl)
}
