import { mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { cacheRoot, exists, makeFolder, repository } from '../lib/cache.mjs'
import { ensureDebianPackages } from '../lib/debian.mjs'
import { SetupError } from '../lib/errors.mjs'
import { fetchPinned } from '../lib/fetch.mjs'
import { cudaWheels, tensorflowCpuWheel, tensorflowCudaWheel } from '../lib/pins.mjs'
import { errorLine, run } from '../lib/run.mjs'
import { say, withHeartbeat } from '../lib/say.mjs'
import { unzip } from '../lib/unzip.mjs'
import { bindingIn, bindingPackage } from './tensorflowBinding.mjs'

/** @typedef {import('../lib/pins.mjs').WheelPin} WheelPin */

const step = 'tensorflow'
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']

/**
 * TensorFlow's C library out of the pinned Python wheel, and the npm package's own binding sources compiled against it
 * (docs/adr/0001).
 * @param {{ gpu: boolean, folder: string, compiled: boolean }} options folder: gets lib/ (the binding) and deps/ (links to
 *   the library); compiled: it has them already, and only what they link to may be missing
 * @returns {Promise<{ libraryPath: string[] }>} folders with the CUDA libraries
 */
export async function bindingFromWheel({ gpu, folder, compiled }) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(`there is no pinned wheel for ${process.platform}-${process.arch}`)
  }
  const compiler = compiled ? undefined : await findCompiler()
  const wheel = gpu ? tensorflowCudaWheel : tensorflowCpuWheel
  const library = join(await unpackedWheel(wheel, isLibraryOrHeader), 'tensorflow')
  const libraryPath = []
  for (const pin of gpu ? cudaWheels : []) {
    const root = join(await unpackedWheel(pin, (name) => name.startsWith('nvidia/')), 'nvidia')
    for (const part of await readdir(root)) {
      if (await exists(join(root, part, 'lib'))) libraryPath.push(join(root, part, 'lib'))
    }
  }
  if (compiler) {
    await makeFolder(folder, async (part) => {
      await mkdir(dirname(bindingIn(part)), { recursive: true })
      await mkdir(join(part, 'deps/lib'), { recursive: true })
      for (const name of libraries) await symlink(join(library, name), join(part, 'deps/lib', name))
      await compile({ compiler, library, binding: bindingIn(part) })
    })
  }
  return { libraryPath }
}

const isLibraryOrHeader = (/** @type {string} */ name) =>
  name.startsWith('tensorflow/include/') || libraries.some((library) => name === `tensorflow/${library}`)

/** @param {WheelPin} pin @param {(name: string) => boolean} wanted */
async function unpackedWheel(pin, wanted) {
  const folder = join(cacheRoot(), 'wheels', `${pin.name}-${pin.version}-${pin.sha256.slice(0, 12)}`)
  if (await exists(folder)) return folder
  const file = await fetchPinned(pin, step)
  await withHeartbeat({ step, label: `unpacking ${pin.name}` }, () =>
    makeFolder(folder, (part) => unzip(file, part, wanted)),
  )
  await rm(file, { force: true })
  return folder
}

/** The machine's C++ compiler; installed where we may. */
async function findCompiler() {
  const candidates = [process.env['CXX'], 'g++', 'c++', 'clang++']
  for (let retry = 0; retry < 2; retry++) {
    for (const name of candidates) {
      if (name && (await run(name, ['--version'], { output: 'capture' })).code === 0) return name
    }
    if (retry === 0) await ensureDebianPackages(['g++'], step)
  }
  throw new SetupError('a C++ compiler is needed and none was found (on Debian: sudo apt-get install g++)')
}

/** @param {{ compiler: string, library: string, binding: string }} options */
async function compile({ compiler, library, binding }) {
  say(step, `compiling the TensorFlow binding with ${compiler}`)
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join('binding', name))
  const includes = ['.', '..', join(repository, 'node_modules/node-api-headers/include'), join(library, 'include')]
  const result = await withHeartbeat({ step, label: 'compiling' }, () =>
    run(
      compiler,
      ['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8', ...includes.map((path) => `-I${path}`), ...sources]
        .concat(['-o', binding, `-L${library}`, ...libraries.map((name) => `-l:${name}`)])
        .concat(['-Wl,-rpath,$ORIGIN/../../deps/lib']),
      { cwd: bindingPackage, output: 'capture' },
    ),
  )
  if (result.code !== 0) throw new SetupError(`the binding does not compile: ${errorLine(result.output)}`)
}
