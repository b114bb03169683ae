import { Worker } from 'node:worker_threads'
import { SimpleBitsError } from '../../../contract'
import { threadProgram } from '../files'
import type { SetReport } from './reportWorker'
import type { ReportToSet } from './typeset'

let thread: ReportThread | null = null

/**
 * Sets a report in type on a thread, which stays for the next ones: the process answers others meanwhile.
 *
 * @throws SimpleBitsError INTERNAL where the thread fails
 */
export async function typesetAside(request: ReportToSet): Promise<Uint8Array> {
  if (!thread?.alive) thread = new ReportThread(reportWorkerFile())
  return thread.set(request)
}

/** The thread's program (`threadProgram`). */
export function reportWorkerFile(callerUrl: string = import.meta.url): string {
  return threadProgram('reportWorker', callerUrl)
}

interface Waiting {
  readonly resolve: (pdf: Uint8Array) => void
  readonly reject: (error: SimpleBitsError) => void
}

class ReportThread {
  alive = true
  private readonly worker: Worker
  /** In the order in which they are answered. */
  private readonly waiting: Waiting[] = []

  constructor(file: string) {
    this.worker = new Worker(file, { execArgv: [] })
    // An idle thread must not keep the command line from ending.
    this.worker.unref()
    this.worker.on('message', (reply: SetReport) => this.answer(reply))
    this.worker.on('error', (cause) => this.die(cause))
    this.worker.on('exit', () => this.die(null))
  }

  set(request: ReportToSet): Promise<Uint8Array> {
    this.worker.ref()
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject })
      this.worker.postMessage(request)
    })
  }

  private answer(reply: SetReport): void {
    const first = this.waiting.shift()
    if (this.waiting.length === 0) this.worker.unref()
    if ('pdf' in reply) first?.resolve(reply.pdf)
    else first?.reject(SimpleBitsError.fromWire(reply.error))
  }

  private die(cause: unknown): void {
    this.alive = false
    const error = new SimpleBitsError('INTERNAL', 'The report could not be made. Try again.', { cause })
    for (const { reject } of this.waiting.splice(0)) reject(error)
  }
}
