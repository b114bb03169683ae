import { runProgram } from '../../main/cli/program'

/** Runs a command line in this process (its engine is a process of its own) and keeps what it says. */
export async function simplebits(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' }
  let failed = false
  const say = (line: string) => {
    said.stderr += `${line}\n`
  }
  const code = await runProgram(args, {
    ...{ say, progress: say, signal: new AbortController().signal },
    data: (line) => (said.stdout += `${line}\n`),
    fail: () => (failed = true),
    get failed() {
      return failed
    },
  })
  return { code, ...said }
}
