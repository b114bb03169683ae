import { join } from 'node:path'
import { cacheRoot, exists, keyOf, readJson, writeJson } from '../lib/cache.mjs'
import { recentFailure, rememberFailure } from '../lib/failures.mjs'
import { cudaWheels, tensorflowCpuWheel, tensorflowCudaWheel } from '../lib/pins.mjs'
import { say } from '../lib/say.mjs'
import { bindingPackage, linkBinding, unlinkBinding } from './tensorflowBinding.mjs'
import { fetchOfficialBinding } from './tensorflowOfficial.mjs'
import { probeTensorflow } from './tensorflowProbe.mjs'
import { buildBindingFromWheel } from './tensorflowWheel.mjs'

const step = 'tensorflow'

/**
 * @typedef {object} TensorflowResult
 * @property {'tensorflow-gpu' | 'tensorflow' | 'wasm'} kind the fastest backend that was made to work
 * @property {'official' | 'wheel' | 'none'} source
 * @property {string[]} libraryPath folders for the loader's library path (the CUDA libraries)
 * @property {string} [folder] holds lib/ and deps/, linked into the npm package
 * @property {string} [reason] why there is no native library
 */

/** One record for each kind of library, package version and pin. @param {boolean} gpu */
async function recordFile(gpu) {
  const { version } = /** @type {{ version: string }} */ (await readJson(join(bindingPackage, 'package.json')))
  const pins = gpu ? [tensorflowCudaWheel, ...cudaWheels] : [tensorflowCpuWheel]
  const key = keyOf(version, process.platform, process.arch, process.versions.modules, ...pins.map((pin) => pin.sha256))
  return join(cacheRoot(), 'tensorflow', `${gpu ? 'cuda' : 'cpu'}-${key}.json`)
}

/** @param {{ gpu: boolean }} options @returns {Promise<TensorflowResult | undefined>} */
export async function tensorflowReady({ gpu }) {
  const result = /** @type {TensorflowResult | undefined} */ (await readJson(await recordFile(gpu)))
  if (!result) return undefined
  if (!result.folder) return (await recentFailure(`tensorflow-${gpu}`)) ? result : undefined
  if (!(await exists(join(result.folder, 'lib/napi-v8/tfjs_binding.node')))) return undefined
  await linkBinding(result.folder)
  return result
}

/** @param {{ gpu: boolean, refresh: boolean }} options @returns {Promise<TensorflowResult>} */
export async function installTensorflow({ gpu, refresh }) {
  const folder = (await recordFile(gpu)).replace(/\.json$/, '')
  await unlinkBinding()
  const way = `tensorflow-official-${gpu ? 'cuda' : 'cpu'}`
  const failedBefore = refresh ? undefined : await recentFailure(way)
  /** @type {TensorflowResult | undefined} */
  let result
  if (failedBefore) {
    say(step, `the official prebuilt library failed here lately (${failedBefore}); not tried again (--refresh does)`)
  } else {
    result = await attempt(
      'its official prebuilt library',
      async () => {
        await fetchOfficialBinding({ gpu, folder: `${folder}-official` })
        return tryOut(`${folder}-official`, 'official', [])
      },
      (why) => rememberFailure(way, why),
    )
  }
  result ??= await attempt(
    'the library inside the Python wheel',
    async () => {
      const { libraryPath } = await buildBindingFromWheel({ gpu, folder: `${folder}-wheel` })
      return tryOut(`${folder}-wheel`, 'wheel', libraryPath)
    },
    (why) => rememberFailure(`tensorflow-${gpu}`, why),
  )
  if (!result) {
    const reason = (await recentFailure(`tensorflow-${gpu}`)) ?? 'unknown'
    say(step, 'WARNING: no native TensorFlow here; the slow WebAssembly engine is used instead (about ten times')
    say(step, '         slower, no training). Mend what is said above and run: npm run setup -- --refresh')
    result = { kind: 'wasm', source: 'none', libraryPath: [], reason }
  }
  await writeJson(await recordFile(gpu), result)
  return result
}

/**
 * @param {string} name
 * @param {() => Promise<TensorflowResult>} work
 * @param {(why: string) => Promise<void>} onFailure
 */
async function attempt(name, work, onFailure) {
  say(step, `trying ${name}`)
  try {
    return await work()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    say(step, `${name} did not work: ${why}`)
    await unlinkBinding()
    await onFailure(why)
    return undefined
  }
}

/**
 * Links a binding and lets it compute a convolution before anyone relies on it.
 * @param {string} folder @param {'official' | 'wheel'} source @param {string[]} libraryPath
 * @returns {Promise<TensorflowResult>}
 */
async function tryOut(folder, source, libraryPath) {
  await linkBinding(folder)
  const { usesGpu } = await probeTensorflow(libraryPath)
  const kind = usesGpu ? 'tensorflow-gpu' : 'tensorflow'
  say(step, `works: backend ${kind}, ${source === 'official' ? 'official prebuilt library' : 'library from the wheel'}`)
  return { kind, source, libraryPath, folder }
}
