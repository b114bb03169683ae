import { setMaxListeners } from 'node:events'

/** Where a command writes: data to stdout, everything for the reader's eye to stderr. */
export interface Output {
  /** One line of data. */
  data(line: string): void
  /** One line for the reader. */
  say(line: string): void
  /** A line that the next one replaces; on a terminal in place, else at most one every five seconds. */
  progress(line: string): void
  /** Something failed and was named: the exit code will be 1. */
  fail(): void
  readonly failed: boolean
  /** Aborts when the user wants to end: Ctrl-C, SIGTERM. */
  readonly signal: AbortSignal
}

const QUIET_MS = 5000

export function terminalOutput(): Output {
  // `simplebits … | head`: the reader has seen enough, which is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  let open = false
  let last = 0
  const clear = () => {
    if (open) process.stderr.write('\r\u001b[K')
    open = false
  }
  const say = (line: string) => {
    clear()
    process.stderr.write(`${line}\n`)
  }
  const signal = interruptSignal(say)
  let failed = false
  return {
    say,
    signal,
    fail: () => (failed = true),
    get failed() {
      return failed
    },
    data(line) {
      clear()
      process.stdout.write(`${line}\n`)
    },
    progress(line) {
      if (process.stderr.isTTY) {
        clear()
        process.stderr.write(line.slice(0, (process.stderr.columns || 80) - 1))
        open = true
      } else if (Date.now() - last >= QUIET_MS) {
        last = Date.now()
        process.stderr.write(`${line}\n`)
      }
    },
  }
}

/** "3 min 20 s", "45 s". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** Ctrl-C once: end in good order and keep what is there. Twice: end now. */
function interruptSignal(say: (line: string) => void): AbortSignal {
  const abort = new AbortController()
  // Every film that is read listens to it.
  setMaxListeners(0, abort.signal)
  process.on('SIGINT', () => {
    if (abort.signal.aborted) process.exit(130)
    say('Ending in good order, keeping what is there. Press Ctrl-C again to stop at once.')
    abort.abort()
  })
  process.on('SIGTERM', () => abort.abort())
  return abort.signal
}
