import { setMaxListeners } from 'node:events'
import type { Output } from '../../main/cli/terminal'

/** An output of the command line that keeps its lines; `onSay` hears each one for the reader. */
export function keptOutput(onSay: (line: string) => void = () => undefined) {
  const abort = new AbortController()
  // Every film that is read listens to it.
  setMaxListeners(0, abort.signal)
  const data: string[] = []
  const said: string[] = []
  let failed = false
  const say = (line: string) => {
    said.push(line)
    onSay(line)
  }
  const output: Output = {
    ...{ say, progress: say, makesFiles: () => undefined, signal: abort.signal },
    data: (line) => data.push(line),
    fail: () => (failed = true),
    get failed() {
      return failed
    },
  }
  return { output, data, said, abort }
}
