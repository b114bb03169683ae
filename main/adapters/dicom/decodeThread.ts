import { Worker } from 'node:worker_threads'
import { SimpleBitsError } from '../../../contract'
import type { DecodeReply, DecodeRequest } from './decodeMessages'
import { failure } from './failures'

/** Loading the program text of the thread, which does not count against the file. */
const START_LIMIT_MS = 30_000

/**
 * On a machine that is busy with other work a sound film needs longer on the clock. So at the limit the process must also
 * have had this share of it as processor time; if not, the thread goes on, at most until STARVED_LIMIT times the limit.
 */
const FAIR_SHARE = 0.8
const STARVED_LIMIT = 4

export type DecodeAnswer = Extract<DecodeReply, { kind: 'film' | 'input' | 'index' }>

/** One worker thread that reads one film after another; dead after a time-out or a crash. */
export class DecodeThread {
  private readonly worker: Worker
  private readonly started: Promise<void>
  private onReply: (reply: DecodeReply) => void = () => undefined
  private onDeath: (error: SimpleBitsError) => void = () => undefined
  private death: SimpleBitsError | null = null
  private ready = false

  /** @param file path of the thread's program */
  constructor(file: string) {
    this.worker = new Worker(file, { execArgv: [] })
    // An idle thread must not keep the command line from ending.
    this.worker.unref()
    this.worker.on('error', (cause) => this.die(this.ready ? crashed(cause) : notStarted(cause)))
    this.worker.on('exit', () => this.die(failure('INTERNAL', 'The decoder ended unexpectedly. Open the file again.')))
    this.worker.on('message', (reply: DecodeReply) => this.onReply(reply))
    this.started = this.reply(START_LIMIT_MS, () => notStarted(null)).then(() => {
      this.ready = true
    })
    this.started.catch(() => undefined)
  }

  get alive(): boolean {
    return this.death === null
  }

  /** @throws SimpleBitsError of the file; DECODE_TIMEOUT after `limitMs`, and the thread is dead then */
  async read(request: DecodeRequest, limitMs: number): Promise<DecodeAnswer> {
    await this.started
    const answer = this.reply(limitMs, () =>
      failure(
        'DECODE_TIMEOUT',
        `Reading took longer than ${limitMs / 1000} seconds and was stopped. The file is probably damaged.`,
      ),
    )
    this.worker.postMessage(request)
    const reply = await answer
    if (reply.kind === 'error')
      throw new SimpleBitsError(reply.error.code, reply.error.message, { cause: reply.detail })
    if (reply.kind !== 'ready') return reply
    throw failure('INTERNAL', 'The decoder answered out of turn. Open the file again.')
  }

  /** Ends the thread now; a read under way fails with `reason`. */
  kill(reason: SimpleBitsError): void {
    this.die(reason)
  }

  private reply(limitMs: number, onTimeout: () => SimpleBitsError): Promise<DecodeReply> {
    if (this.death !== null) return Promise.reject(this.death)
    this.worker.ref()
    return new Promise<DecodeReply>((resolve, reject) => {
      const stop = whenSpent(limitMs, () => this.die(onTimeout()))
      const settle = () => {
        stop()
        this.onReply = () => undefined
        this.onDeath = () => undefined
        this.worker.unref()
      }
      this.onReply = (reply) => {
        settle()
        resolve(reply)
      }
      this.onDeath = (error) => {
        settle()
        reject(error)
      }
    })
  }

  private die(error: SimpleBitsError): void {
    if (this.death !== null) return
    this.death = error
    void this.worker.terminate()
    this.onDeath(error)
  }
}

/** Calls back once the limit is spent, by the clock and by the processor; returns how to call it off. */
function whenSpent(limitMs: number, callback: () => void): () => void {
  const start = process.cpuUsage()
  const began = performance.now()
  const check = () => {
    const used = process.cpuUsage(start)
    const starved = (used.user + used.system) / 1000 < limitMs * FAIR_SHARE
    if (starved && performance.now() - began < limitMs * STARVED_LIMIT) timer = setTimeout(check, limitMs / 10)
    else callback()
  }
  let timer = setTimeout(check, limitMs)
  return () => clearTimeout(timer)
}

const crashed = (cause: unknown) =>
  failure('DICOM_CORRUPT', 'Reading this file made the decoder fail; it is probably damaged.', cause)

const notStarted = (cause: unknown) => failure('INTERNAL', 'The decoder did not start. Start the program again.', cause)
