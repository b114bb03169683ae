import type { Film } from '../../../contract'
import type { DiscoveredFiles, FilmInput, FilmPlace, FilmSource } from '../../ports'
import type { DecodeRequest } from './decodeMessages'
import { DecodeThread, type DecodeAnswer } from './decodeThread'
import type { DicomDir } from './dicomDir'
import { discoverFiles } from './discover'
import { failure } from './failures'

/** What a file may cost before it counts as broken. */
const FILE_LIMIT_MS = 5_000
/** A DICOMDIR may cost more: the folders of its films are read with it, from a disc perhaps. */
const INDEX_LIMITS = 3

export interface DecodePoolOptions {
  /** The decoding thread's program: see `decodeWorkerFile`. */
  readonly worker: string
  readonly threads?: number
  readonly limitMs?: number
}

interface Waiting {
  resolve: (thread: DecodeThread) => void
  readonly reject: (reason: unknown) => void
}

/** Reads films on a few worker threads; a thread that hangs or crashes is replaced, and only its file fails. */
export class DecodePool implements FilmSource {
  private readonly idle: DecodeThread[] = []
  private readonly busy = new Set<DecodeThread>()
  private readonly waiting: Waiting[] = []
  private closed = false

  constructor(private readonly options: DecodePoolOptions) {}

  async read(place: string | FilmPlace, signal?: AbortSignal): Promise<Film> {
    const answer = await this.ask(requestOf(place, 'film'), signal)
    if (answer.kind === 'film') return answer.film
    throw outOfTurn()
  }

  async readInput(place: string | FilmPlace, signal?: AbortSignal): Promise<FilmInput> {
    const answer = await this.ask(requestOf(place, 'input'), signal)
    if (answer.kind === 'input') return { header: answer.header, input: answer.input }
    throw outOfTurn()
  }

  private async ask(request: DecodeRequest, signal?: AbortSignal): Promise<DecodeAnswer> {
    const limitMs = (this.options.limitMs ?? FILE_LIMIT_MS) * (request.want === 'index' ? INDEX_LIMITS : 1)
    const thread = await this.acquire(signal)
    const cancel = () => thread.kill(cancelled())
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      return await thread.read(request, limitMs)
    } finally {
      signal?.removeEventListener('abort', cancel)
      this.release(thread)
    }
  }

  discover(paths: readonly string[], signal?: AbortSignal): Promise<DiscoveredFiles> {
    return discoverFiles(paths, (path) => this.readIndex(path, signal), signal)
  }

  /** Null where it cannot be read, or takes too long. */
  private async readIndex(path: string, signal?: AbortSignal): Promise<DicomDir | null> {
    const answer = await this.ask(requestOf(path, 'index'), signal).catch(() => null)
    return answer?.kind === 'index' ? answer.index : null
  }

  close(): Promise<void> {
    this.closed = true
    for (const thread of [...this.idle, ...this.busy]) thread.kill(cancelled())
    for (const { reject } of this.waiting.splice(0)) reject(cancelled())
    return Promise.resolve()
  }

  private acquire(signal?: AbortSignal): Promise<DecodeThread> {
    if (this.closed || signal?.aborted) return Promise.reject(cancelled())
    const thread = this.takeIdle() ?? this.start()
    if (thread !== null) {
      this.busy.add(thread)
      return Promise.resolve(thread)
    }
    return new Promise<DecodeThread>((resolve, reject) => {
      const place: Waiting = { resolve, reject }
      this.waiting.push(place)
      const leave = () => {
        const at = this.waiting.indexOf(place)
        if (at >= 0) this.waiting.splice(at, 1)
        reject(cancelled())
      }
      signal?.addEventListener('abort', leave, { once: true })
      // one signal goes with an import of many thousand files
      place.resolve = (thread) => {
        signal?.removeEventListener('abort', leave)
        resolve(thread)
      }
    })
  }

  private takeIdle(): DecodeThread | undefined {
    let thread = this.idle.pop()
    while (thread !== undefined && !thread.alive) thread = this.idle.pop()
    return thread
  }

  private start(): DecodeThread | null {
    return this.busy.size < (this.options.threads ?? 2) ? new DecodeThread(this.options.worker) : null
  }

  private release(thread: DecodeThread): void {
    this.busy.delete(thread)
    const next = this.waiting.shift()
    if (next === undefined) {
      if (thread.alive) this.idle.push(thread)
      return
    }
    const ready = thread.alive ? thread : new DecodeThread(this.options.worker)
    this.busy.add(ready)
    next.resolve(ready)
  }
}

const cancelled = () => failure('CANCELLED', 'Reading was cancelled.')

const outOfTurn = () => failure('INTERNAL', 'The decoder answered out of turn. Open the file again.')

const requestOf = (place: string | FilmPlace, want: DecodeRequest['want']): DecodeRequest =>
  typeof place === 'string' ? { path: place, key: null, want } : { ...place, want }
