import { runProgram } from '../../main/cli/program'
import { keptOutput } from './keptOutput'

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
  const { output, data, said, abort } = keptOutput((line) => {
    if (at instanceof RegExp && at.test(line)) abort.abort()
  })
  if (at === 'at once') abort.abort()
  const code = await runProgram(args, output)
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')
  return { code, stdout: text(data), stderr: text(said) }
}
