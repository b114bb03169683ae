/** Progress for people, always on stderr: stdout belongs to the data of the command line. */

let quiet = false

/** In quiet mode only work that is really done, warnings and errors are told; "already there" is not. */
export function setQuiet(/** @type {boolean} */ value) {
  quiet = value
}

/** @param {string} step @param {string} text */
export const say = (step, text) => process.stderr.write(`${`[${step}]`.padEnd(13)} ${text}\n`)

/** @param {string} step @param {string} text */
export const sayReady = (step, text) => {
  if (!quiet) say(step, text)
}

/**
 * Tells every few seconds that something long is still going on, with the seconds and, where measurable, the megabytes.
 * @template T
 * @param {{ step: string, label: string, megabytes?: () => number, everyMs?: number }} about
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withHeartbeat({ step, label, megabytes, everyMs = 5000 }, work) {
  const start = Date.now()
  const timer = setInterval(() => {
    const size = megabytes ? `, ${megabytes().toFixed(0)} MB so far` : ''
    say(step, `${label}: ${Math.round((Date.now() - start) / 1000)} s${size}`)
  }, everyMs)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
