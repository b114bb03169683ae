import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheRoot, readJson, repository, writeJson } from './lib/cache.mjs'
import { ensure } from './lib/ensure.mjs'
import { SetupError, UsageError } from './lib/errors.mjs'
import { flagsOf } from './lib/flags.mjs'
import { nodeVersionProblem } from './lib/nodeVersion.mjs'
import { say, sayReady, setQuiet } from './lib/say.mjs'
import { buildApp, buildReady } from './steps/build.mjs'
import { electronReady, installElectron } from './steps/electron.mjs'
import { installPackages, packagesReady } from './steps/packages.mjs'
import { installSystemLibraries, systemReady } from './steps/system.mjs'
import { installTensorflow, tensorflowReady } from './steps/tensorflow.mjs'

/** @typedef {import('./steps/electron.mjs').ElectronResult} ElectronResult */
/** @typedef {import('./steps/tensorflow.mjs').TensorflowResult} TensorflowResult */
/**
 * What the set-up found; kept in out/setup.json for the programs started after it.
 * @typedef {{ node: string, tensorflow: TensorflowResult, electron?: ElectronResult }} SetupResult
 */
/**
 * @typedef {object} SetupFlags
 * @property {boolean} [quiet] tell only what is really done
 * @property {boolean} [engineOnly] what the command line needs: npm packages and TensorFlow
 * @property {boolean} [refresh] try the official ways again
 * @property {'gpu' | 'cpu'} [device] which TensorFlow library; remembered; by default what the machine has
 */

export const setupFile = join(repository, 'out/setup.json')

/**
 * The set-up's own flags, and those of the command that begins with it.
 * @template {string} [Own=never]
 * @param {readonly string[]} args
 * @param {{ command: string, own?: readonly Own[] }} of command: as a person types it
 * @returns {SetupFlags & { own: ReadonlySet<string> }}
 * @throws {UsageError}
 */
export function setupFlags(args, { command, own = [] }) {
  const flags = flagsOf(args, { command, names: ['gpu', 'cpu', 'refresh', ...own] })
  if (flags.has('gpu') && flags.has('cpu')) throw new UsageError('Give --gpu or --cpu, not both.')
  const device = flags.has('gpu') ? 'gpu' : flags.has('cpu') ? 'cpu' : undefined
  return { refresh: flags.has('refresh'), own: flags, ...(device ? { device } : {}) }
}

/**
 * Everything a fresh clone needs, each part only where it is missing.
 * @param {SetupFlags} [flags]
 * @returns {Promise<SetupResult>}
 * @throws {SetupError} with the one thing to do
 */
export async function prepare({ quiet = false, engineOnly = false, refresh = false, device } = {}) {
  setQuiet(quiet)
  const problem = nodeVersionProblem(process.versions.node)
  if (problem) throw new SetupError(problem)
  sayReady('node', `${process.versions.node}`)

  await ensure('packages', { ready: packagesReady, install: installPackages })
  const gpu = await wantsGpu(device)
  const tensorflow = await ensure('tensorflow', {
    ready: async (locked) => (refresh ? undefined : tensorflowReady({ gpu, locked })),
    install: () => installTensorflow({ gpu, refresh }),
  })
  sayReady('tensorflow', `${tensorflow.kind} (${describeSource(tensorflow)})`)
  if (tensorflow.reason !== undefined) {
    const [wanted, used] =
      tensorflow.kind === 'wasm'
        ? ['native library', 'WebAssembly, about ten times slower and without training,']
        : ['CUDA library', 'the processor']
    say('tensorflow', `WARNING: no ${wanted}; ${used} is used. Why: ${tensorflow.reason}`)
    say('tensorflow', 'once that is mended: npm run setup -- --refresh')
  }
  /** @type {SetupResult} */
  const result = { node: process.execPath, tensorflow }
  if (engineOnly) return result

  const electron = await ensure('electron', {
    ready: async () => (refresh ? undefined : electronReady()),
    install: () => installElectron({ refresh }),
  })
  sayReady('electron', electron.kind === 'official' ? 'official' : 'fallback runtime: for development and tests only')
  await ensure('system', {
    ready: () => systemReady(electron.path),
    install: () => installSystemLibraries(electron.path),
  })
  await writeJson(setupFile, { ...result, electron })
  await ensure('build', { ready: buildReady, install: buildApp })
  return { ...result, electron }
}

const describeSource = (/** @type {TensorflowResult} */ { source }) =>
  ({ official: 'official prebuilt library', wheel: 'library from the Python wheel', none: 'WebAssembly' })[source]

/** The library with CUDA where asked for (remembered) or where an NVIDIA driver is running. @param {'gpu' | 'cpu'} [asked] */
async function wantsGpu(asked) {
  const file = join(cacheRoot(), 'device.json')
  if (asked) await writeJson(file, { device: asked })
  const remembered = asked ?? /** @type {{ device?: string } | undefined} */ (await readJson(file))?.device
  return remembered ? remembered === 'gpu' : existsSync('/proc/driver/nvidia/version')
}
