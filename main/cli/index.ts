import { runProgram } from './program'
import { terminalOutput } from './terminal'

void runProgram(process.argv.slice(2), terminalOutput()).then((code) => {
  process.exitCode = code
})
