import type { Film } from '../../../contract'
import type { DiscoveredFiles, FilmSource } from '../../ports'
import { DecodeThread } from './decodeThread'
import { discoverFiles } from './discover'
import { failure } from './failures'

/** What a file may cost before it counts as broken. */
const FILE_LIMIT_MS = 5_000

export interface DecodePoolOptions {
  /** The decoding thread's program: see `decodeWorkerFile`. */
  readonly worker: string
  readonly threads?: number
  readonly limitMs?: number
}

interface Waiting {
  readonly resolve: (thread: DecodeThread) => void
  readonly reject: (reason: unknown) => void
}

/** Reads films on a few worker threads; a thread that hangs or crashes is replaced, and only its file fails. */
export class DecodePool implements FilmSource {
  private readonly idle: DecodeThread[] = []
  private readonly busy = new Set<DecodeThread>()
  private readonly waiting: Waiting[] = []
  private closed = false

  constructor(private readonly options: DecodePoolOptions) {}

  async read(path: string, signal?: AbortSignal): Promise<Film> {
    const thread = await this.acquire(signal)
    const cancel = () => thread.kill(cancelled())
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      return await thread.read(path, this.options.limitMs ?? FILE_LIMIT_MS)
    } finally {
      signal?.removeEventListener('abort', cancel)
      this.release(thread)
    }
  }

  discover(paths: readonly string[]): Promise<DiscoveredFiles> {
    return discoverFiles(paths)
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
    return new Promise((resolve, reject) => {
      const place: Waiting = { resolve, reject }
      this.waiting.push(place)
      signal?.addEventListener(
        'abort',
        () => {
          const at = this.waiting.indexOf(place)
          if (at >= 0) this.waiting.splice(at, 1)
          reject(cancelled())
        },
        { once: true },
      )
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
