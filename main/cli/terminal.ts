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
  /** The command makes files or changes a store as well: where nobody takes its lines any more, it ends in good order. */
  makesFiles(): void
  /** Aborts when the user wants to end (Ctrl-C, SIGTERM), or nobody takes the lines of a command that makes files. */
  readonly signal: AbortSignal
}

const QUIET_MS = 5000
/** `timeout` and job schedulers send their signal to the program and to its process group: that is one wish to end. */
const SAME_SIGNAL_MS = 1000

export function terminalOutput(): Output {
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
  const abort = new AbortController()
  // Every film that is read listens to it.
  setMaxListeners(0, abort.signal)
  endOnSignals(abort, say)
  let failed = false
  let makesFiles = false
  let lost = false
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (lost) return
    lost = true
    failed = true
    // `simplebits … | head`: the reader has seen enough, which is no failure of a command that does nothing but print.
    if (code === 'EPIPE' && !makesFiles) process.exit(0)
    if (code !== 'EPIPE') say(`stdout cannot be written (${code ?? message}).`)
    if (!makesFiles) process.exit(1)
    say('Nobody takes the lines on stdout any more: ending in good order, keeping what is there.')
    abort.abort()
  })
  return {
    say,
    signal: abort.signal,
    fail: () => (failed = true),
    get failed() {
      return failed
    },
    makesFiles: () => (makesFiles = true),
    data(line) {
      clear()
      if (!lost) process.stdout.write(`${line}\n`)
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

/** Once: end in good order and keep what is there. Twice: end now, with the exit code of that signal. */
function endOnSignals(abort: AbortController, say: (line: string) => void): void {
  let since = 0
  const endOn = (signal: 'SIGINT' | 'SIGTERM', { code, again }: { readonly code: number; readonly again: string }) =>
    process.on(signal, () => {
      if (!abort.signal.aborted) {
        since = Date.now()
        say(`Ending in good order, keeping what is there. ${again} to stop at once.`)
        abort.abort()
      } else if (signal === 'SIGINT' || Date.now() - since >= SAME_SIGNAL_MS) process.exit(code)
    })
  endOn('SIGINT', { code: 130, again: 'Press Ctrl-C again' })
  endOn('SIGTERM', { code: 143, again: 'Send SIGTERM again' })
}
