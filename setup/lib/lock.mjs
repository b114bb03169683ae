import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cacheRoot } from './cache.mjs'
import { say } from './say.mjs'

const TOUCHED_EVERY_MS = 10_000
const FORGOTTEN_MS = 60_000

const isAlive = (/** @type {number} */ pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/**
 * One set-up at a time for a user: two clones started together share the downloads instead of spoiling them.
 * The owner touches its lock as long as it works. One that nobody touches, or whose owner here is gone, is taken over: process numbers
 * alone say nothing of another container, nor after a restart.
 * @template T
 * @param {() => Promise<T>} work
 * @param {string} [folder]
 * @returns {Promise<T>}
 */
export async function withSetupLock(work, folder = cacheRoot()) {
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'setup.lock')
  for (let told = false; ;) {
    try {
      await writeFile(file, `${process.pid} ${hostname()}`, { flag: 'wx' })
      break
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
      const [owner = '', host = ''] = (await readFile(file, 'utf8').catch(() => '')).split(' ')
      const age = Date.now() - (await stat(file).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs
      const gone = Number(owner) > 0 && (host === '' || host === hostname()) && !isAlive(Number(owner))
      if (gone || age > FORGOTTEN_MS) {
        await rm(file, { force: true })
        continue
      }
      if (!told) say('setup', `another set-up (process ${owner || '?'}) is at work; waiting for it`)
      told = true
      await sleep(500)
    }
  }
  const touching = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), TOUCHED_EVERY_MS)
  try {
    return await work()
  } finally {
    clearInterval(touching)
    await rm(file, { force: true })
  }
}
