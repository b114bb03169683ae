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
 * @property {boolean} [leads] an interrupt is the child's to answer, and its code is ours; else it ends both
 */
/** @typedef {{ code: number, output: string, stopped?: 'timeout' | 'idle' }} RunResult */

/** It hands no signal on to what it runs, so that it gets a process group of its own, which is signalled as a whole. */
const GROUPED = 'xvfb-run'

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
      detached: command === GROUPED,
    })
    const release = answerSignals(child, { grouped: command === GROUPED, leads: options.leads ?? false })
    /** @type {Buffer[]} */
    const chunks = []
    let lastSign = Date.now()
    let lastFigure = alive?.()
    /** @type {RunResult['stopped']} */
    let stopped
    const stop = (/** @type {'timeout' | 'idle'} */ reason) => {
      stopped = reason
      signal(child, 'SIGKILL', command === GROUPED)
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
      release()
      resolve({ code, output: Buffer.concat(chunks).toString('utf8'), ...(stopped ? { stopped } : {}) })
    }
    child.on('error', (error) => {
      chunks.push(Buffer.from(String(error)))
      if (output !== 'capture') process.stderr.write(`${command}: ${error.message}\n`)
      finish(127)
    })
    child.on('close', (code, signal) => finish(code ?? (signal ? 137 : 1)))
  })
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} name @param {boolean} grouped */
function signal(child, name, grouped) {
  try {
    if (grouped && child.pid) process.kill(-child.pid, name)
    else child.kill(name)
  } catch {
    // It has ended meanwhile.
  }
}

/**
 * Nothing that was started outlives the one who started it. A terminal gives an interrupt to the whole foreground group itself.
 * @param {import('node:child_process').ChildProcess} child
 * @param {{ grouped: boolean, leads: boolean }} how
 * @returns {() => void}
 */
function answerSignals(child, { grouped, leads }) {
  const interrupt = () => {
    if (leads) return
    signal(child, 'SIGINT', grouped)
    process.exit(130)
  }
  const terminate = () => {
    signal(child, 'SIGTERM', grouped)
    if (!leads) process.exit(143)
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', terminate)
  return () => {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', terminate)
  }
}

/** The first line of an output: tar names the fault there and ends with words that say nothing. */
export const firstLine = (/** @type {string} */ output) => output.trim().split('\n')[0]?.trim() ?? ''

/** The last non-empty line of a command's output: what a person wants to read of a failure. */
export const lastLine = (/** @type {string} */ output) => output.trim().split('\n').at(-1)?.trim() ?? ''

/** The line of an output that names the error, else its last line. */
export const errorLine = (/** @type {string} */ output) =>
  output
    .split('\n')
    .map((line) => line.trim())
    .find((line) => /\b\w*error\b.*:/i.test(line)) ?? lastLine(output)
