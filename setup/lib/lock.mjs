import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cacheRoot } from './cache.mjs'
import { say } from './say.mjs'

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
 * A lock whose owner is gone is taken over.
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
      await writeFile(file, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
      const owner = Number(await readFile(file, 'utf8').catch(() => ''))
      const age = Date.now() - (await stat(file).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs
      if (owner > 0 ? !isAlive(owner) : age > 60_000) {
        await rm(file, { force: true })
        continue
      }
      if (!told) say('setup', `another set-up (process ${owner || '?'}) is at work; waiting for it`)
      told = true
      await sleep(500)
    }
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}
