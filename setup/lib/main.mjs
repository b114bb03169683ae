import { SetupError } from './errors.mjs'

/**
 * Runs a script's work and turns its outcome into the exit code; a SetupError is told in its own words.
 * @param {() => Promise<number>} work resolves to the exit code
 */
export async function main(work) {
  try {
    process.exitCode = await work()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.stderr.write(`\n${error.message}\n`)
    process.exitCode = 1
  }
}
