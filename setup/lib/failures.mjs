import { join } from 'node:path'
import { cacheRoot, readJson, writeJson } from './cache.mjs'

/** Ways that failed here lately are not tried again at every start; `--refresh` tries them. */
const hoursUntilRetry = 7 * 24

const file = () => join(cacheRoot(), 'failed.json')

/** @typedef {{ at: string, why: string, hours?: number }} Failure hours: tried again after so long */

/** @returns {Promise<Record<string, Failure>>} */
const read = async () => /** @type {Record<string, Failure>} */ ((await readJson(file())) ?? {})

/**
 * @param {string} way
 * @param {Date} [now]
 * @returns {Promise<string | undefined>} why it failed, where that is remembered still
 */
export async function recentFailure(way, now = new Date()) {
  const failure = (await read())[way]
  if (!failure) return undefined
  const hours = (now.getTime() - Date.parse(failure.at)) / 3_600_000
  return hours < (failure.hours ?? hoursUntilRetry) ? failure.why : undefined
}

/**
 * @param {string} way @param {string} why
 * @param {{ now?: Date, hours?: number }} [options] hours: for how long it stands; a week where nothing else is said
 */
export async function rememberFailure(way, why, { now = new Date(), hours = hoursUntilRetry } = {}) {
  await writeJson(file(), { ...(await read()), [way]: { at: now.toISOString(), why, hours } })
}

/** @param {string} way */
export async function forgetFailure(way) {
  const others = Object.entries(await read()).filter(([name]) => name !== way)
  await writeJson(file(), Object.fromEntries(others))
}
