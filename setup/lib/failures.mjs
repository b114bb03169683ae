import { join } from 'node:path'
import { cacheRoot, readJson, writeJson } from './cache.mjs'

/** Official ways that failed here lately are not tried again at every start; `--refresh` forgets them. */
const daysUntilRetry = 7

const file = () => join(cacheRoot(), 'failed.json')

/** @returns {Promise<Record<string, { at: string, why: string }>>} */
const read = async () => /** @type {Record<string, { at: string, why: string }>} */ ((await readJson(file())) ?? {})

/**
 * @param {string} way
 * @param {Date} [now]
 * @returns {Promise<string | undefined>} why it failed, where that was in the last days
 */
export async function recentFailure(way, now = new Date()) {
  const failure = (await read())[way]
  if (!failure) return undefined
  const days = (now.getTime() - Date.parse(failure.at)) / 86_400_000
  return days < daysUntilRetry ? failure.why : undefined
}

/** @param {string} way @param {string} why @param {Date} [now] */
export async function rememberFailure(way, why, now = new Date()) {
  await writeJson(file(), { ...(await read()), [way]: { at: now.toISOString(), why } })
}

/** @param {string} way */
export async function forgetFailure(way) {
  const others = Object.entries(await read()).filter(([name]) => name !== way)
  await writeJson(file(), Object.fromEntries(others))
}
