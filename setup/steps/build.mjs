import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exists, hashFiles, isStamped, repository, stamp } from '../lib/cache.mjs'
import { SetupError } from '../lib/errors.mjs'
import { run } from '../lib/run.mjs'
import { say } from '../lib/say.mjs'

const step = 'build'
const sources = [
  'contract',
  'electron',
  'main',
  'renderer',
  'electron.vite.config.ts',
  'package-lock.json',
  'tsconfig.base.json',
]
const products = ['out/electron/main.cjs', 'out/preload/preload.cjs', 'out/renderer/index.html']
const stampFile = join(repository, 'out/.build-stamp')

export async function buildReady() {
  for (const product of products) if (!(await exists(join(repository, product)))) return false
  return isStamped(stampFile, await hashFiles(sources))
}

/** What is built may be another source's by and by, and must not pass for this one's. */
export const forgetBuild = () => rm(stampFile, { force: true })

/** Bundles main process, preload, window, engine process and command line into out/. */
export async function buildApp() {
  await forgetBuild()
  const key = await hashFiles(sources)
  say(step, 'building the app with electron-vite')
  const result = await run(
    process.execPath,
    ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
    {
      cwd: repository,
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  if (result.code !== 0) throw new SetupError('the app does not build; the reason stands above')
  await stamp(stampFile, key)
}
