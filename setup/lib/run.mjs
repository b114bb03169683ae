import { spawn } from 'node:child_process'

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {'show' | 'capture' | 'inherit'} [output] show: the child's output goes to our stderr (default);
 *   capture: kept only; inherit: the terminal is handed to the child (for commands whose stdout is the product)
 * @property {number} [timeoutMs] killed after so long in all
 * @property {number} [idleMs] killed after so long without a sign of life (output, or `alive()` changing)
 * @property {() => number} [alive] a figure that changes while the child is getting on, e.g. bytes on disk
 */
/** @typedef {{ code: number, output: string, stopped?: 'timeout' | 'idle' }} RunResult */

/**
 * Runs a command to its end; never throws for a failing one (a command that does not exist has code 127).
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, options = {}) {
  const { output = 'show', timeoutMs, idleMs, alive } = options
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    /** @type {Buffer[]} */
    const chunks = []
    let lastSign = Date.now()
    let lastFigure = alive?.()
    /** @type {RunResult['stopped']} */
    let stopped
    const stop = (/** @type {'timeout' | 'idle'} */ reason) => {
      stopped = reason
      child.kill('SIGKILL')
    }
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (/** @type {Buffer} */ chunk) => {
        lastSign = Date.now()
        chunks.push(chunk)
        if (output === 'show') process.stderr.write(chunk)
      })
    }
    const deadline = timeoutMs === undefined ? undefined : setTimeout(() => stop('timeout'), timeoutMs)
    const watchdog =
      idleMs === undefined
        ? undefined
        : setInterval(() => {
            const figure = alive?.()
            if (figure !== lastFigure) lastSign = Date.now()
            lastFigure = figure
            if (Date.now() - lastSign > idleMs) stop('idle')
          }, 1000)
    const finish = (/** @type {number} */ code) => {
      clearTimeout(deadline)
      clearInterval(watchdog)
      resolve({ code, output: Buffer.concat(chunks).toString('utf8'), ...(stopped ? { stopped } : {}) })
    }
    child.on('error', (error) => {
      chunks.push(Buffer.from(String(error)))
      finish(127)
    })
    child.on('close', (code, signal) => finish(code ?? (signal ? 137 : 1)))
  })
}

/** The last non-empty line of a command's output: what a person wants to read of a failure. */
export const lastLine = (/** @type {string} */ output) => output.trim().split('\n').at(-1)?.trim() ?? ''

/** The line of an output that names the error, else its last line. */
export const errorLine = (/** @type {string} */ output) =>
  output
    .split('\n')
    .map((line) => line.trim())
    .find((line) => /\b\w*error\b.*:/i.test(line)) ?? lastLine(output)
