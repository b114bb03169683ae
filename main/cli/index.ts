import { runProgram, SOME_FAILED } from './program'
import { terminalOutput } from './terminal'

// Node ends by itself where nothing is left to wait for: what has not come to its end by then has failed.
process.exitCode = SOME_FAILED
void runProgram(process.argv.slice(2), terminalOutput()).then((code) => {
  process.exitCode = code
})
