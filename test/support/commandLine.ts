import { runProgram } from '../../main/cli/program'

interface Said {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command line in this process (its engine is a process of its own) and keeps what it says. */
export function simplebits(...args: string[]): Promise<Said> {
  return interrupted(null, ...args)
}

/** As `simplebits`, and ended as Ctrl-C ends it: at once, or at the first line for the reader that matches. */
export async function interrupted(at: RegExp | 'at once' | null, ...args: string[]): Promise<Said> {
  const said = { stdout: '', stderr: '' }
  const abort = new AbortController()
  let failed = false
  const say = (line: string) => {
    said.stderr += `${line}\n`
    if (at instanceof RegExp && at.test(line)) abort.abort()
  }
  if (at === 'at once') abort.abort()
  const code = await runProgram(args, {
    ...{ say, progress: say, signal: abort.signal },
    data: (line) => (said.stdout += `${line}\n`),
    fail: () => (failed = true),
    get failed() {
      return failed
    },
  })
  return { code, ...said }
}
