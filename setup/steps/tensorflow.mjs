import { join } from 'node:path'
import { allExist, cacheRoot, exists, keyOf, readJson, writeJson } from '../lib/cache.mjs'
import { recentFailure, rememberFailure } from '../lib/failures.mjs'
import { cudaWheels, tensorflowCpuWheel, tensorflowCudaWheel } from '../lib/pins.mjs'
import { say } from '../lib/say.mjs'
import { bindingIn, bindingPackage, isLinked, isWhole, linkBinding, unlinkBinding } from './tensorflowBinding.mjs'
import { fetchOfficialBinding } from './tensorflowOfficial.mjs'
import { probeTensorflow } from './tensorflowProbe.mjs'
import { bindingFromWheel } from './tensorflowWheel.mjs'

const step = 'tensorflow'
/** WebAssembly may be owed to a passing fault, and costs the user much; the CPU's library in place of CUDA's does not. */
const hoursUntilRetry = { wasm: 1, cpu: 24 }

/**
 * @typedef {object} TensorflowResult
 * @property {'tensorflow-gpu' | 'tensorflow' | 'wasm'} kind the fastest backend that was made to work
 * @property {'official' | 'wheel' | 'none'} source
 * @property {string[]} libraryPath folders for the loader's library path (the CUDA libraries)
 * @property {string} [folder] holds lib/ and deps/, linked into the npm package
 * @property {string} [reason] why it is not the library that was wanted
 */

const kindOf = (/** @type {boolean} */ gpu) => (gpu ? 'cuda' : 'cpu')

/** One record for each kind of library, package version and pin. @param {boolean} gpu */
async function recordFile(gpu) {
  const { version } = /** @type {{ version: string }} */ (await readJson(join(bindingPackage, 'package.json')))
  const pins = gpu ? [tensorflowCudaWheel, ...cudaWheels] : [tensorflowCpuWheel]
  const key = keyOf(version, process.platform, process.arch, process.versions.modules, ...pins.map((pin) => pin.sha256))
  return join(cacheRoot(), 'tensorflow', `${kindOf(gpu)}-${key}.json`)
}

/**
 * What was made before, where it is whole. It is linked into the npm package only under the set-up's lock: a set-up that is at work
 * unpacks into that package, and through a link into the library that other clones share.
 * @param {{ gpu: boolean, locked: boolean }} options locked: the lock is held
 * @returns {Promise<TensorflowResult | undefined>}
 */
export async function tensorflowReady({ gpu, locked }) {
  const result = /** @type {TensorflowResult | undefined} */ (await readJson(await recordFile(gpu)))
  if (!result) return undefined
  // What stands in for another library does so as long as the failure of that one is remembered.
  if (result.reason !== undefined && !(await recentFailure(`tensorflow-${kindOf(gpu)}`))) return undefined
  if (!result.folder) return result
  if (!(await isWhole(result.folder)) || !(await allExist(result.libraryPath))) return undefined
  if (!locked) return (await isLinked(result.folder)) ? result : undefined
  await linkBinding(result.folder)
  return result
}

/** @typedef {{ gpu: boolean, refresh: boolean }} Wanted refresh: what failed lately is tried again */

/** @param {Wanted} wanted @returns {Promise<TensorflowResult>} */
export async function installTensorflow(wanted) {
  const record = await recordFile(wanted.gpu)
  const folder = record.replace(/\.json$/, '')
  await unlinkBinding()
  const result = (await official(wanted, `${folder}-official`)) ?? (await wheelOrStandIn(wanted, `${folder}-wheel`))
  await writeJson(record, result)
  return result
}

/** @param {Wanted} wanted @param {string} folder @returns {Promise<TensorflowResult | undefined>} */
async function official({ gpu, refresh }, folder) {
  const way = `tensorflow-official-${kindOf(gpu)}`
  const failedBefore = refresh ? undefined : await recentFailure(way)
  if (failedBefore) {
    say(step, `the official prebuilt library failed here lately (${failedBefore}); not tried again (--refresh does)`)
    return undefined
  }
  const { result, why } = await attempt('its official prebuilt library', async () => {
    await fetchOfficialBinding({ gpu, folder })
    return tryOut(folder, 'official', [])
  })
  if (!result) await rememberFailure(way, why)
  return result
}

/** @param {Wanted} wanted @param {string} folder @returns {Promise<TensorflowResult>} */
async function wheelOrStandIn(wanted, folder) {
  const { result, why } = await attempt('the library inside the Python wheel', () => fromWheel(wanted.gpu, folder))
  if (result) return result
  const instead = await standIn(wanted, why)
  const hours = instead.folder ? hoursUntilRetry.cpu : hoursUntilRetry.wasm
  await rememberFailure(`tensorflow-${kindOf(wanted.gpu)}`, why, { hours })
  return instead
}

/** A binding built before is compiled anew only where it does not work. @param {boolean} gpu @param {string} folder */
async function fromWheel(gpu, folder) {
  const work = async (/** @type {boolean} */ compiled) => {
    const { libraryPath } = await bindingFromWheel({ gpu, folder, compiled })
    return tryOut(folder, 'wheel', libraryPath)
  }
  if (!(await exists(bindingIn(folder)))) return work(false)
  return work(true).catch((/** @type {unknown} */ error) => {
    say(step, `the binding built before did not work: ${messageOf(error)}`)
    return work(false)
  })
}

/**
 * What computes where the wanted library cannot be had: the CPU's in place of CUDA's, else WebAssembly.
 * @param {Wanted} wanted @param {string} reason @returns {Promise<TensorflowResult>}
 */
async function standIn({ gpu, refresh }, reason) {
  if (!gpu) return { kind: 'wasm', source: 'none', libraryPath: [], reason }
  say(step, 'taking the library without CUDA instead')
  const ready = refresh ? undefined : await tensorflowReady({ gpu: false, locked: true })
  const cpu = ready ?? (await installTensorflow({ gpu: false, refresh }))
  return cpu.folder ? { ...cpu, reason } : cpu
}

/**
 * @param {string} name
 * @param {() => Promise<TensorflowResult>} work
 * @returns {Promise<{ result: TensorflowResult, why?: undefined } | { result?: undefined, why: string }>}
 */
async function attempt(name, work) {
  say(step, `trying ${name}`)
  try {
    return { result: await work() }
  } catch (error) {
    const why = messageOf(error)
    say(step, `${name} did not work: ${why}`)
    await unlinkBinding()
    return { why }
  }
}

const messageOf = (/** @type {unknown} */ error) => (error instanceof Error ? error.message : String(error))

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
