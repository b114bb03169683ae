import { cp, mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { repository } from './cache.mjs'
import { SetupError } from './errors.mjs'
import { fetchPinned } from './fetch.mjs'
import { licencesBelow, shippedLicences } from './licences.mjs'
import { packagedNode } from './pins.mjs'
import { firstLine, run } from './run.mjs'

const staging = join(repository, 'out/package')

/**
 * Lays out what a package holds beside the bundle (electron-builder.yml takes it from out/package): the native library,
 * a Node that runs it, all licences.
 * @param {{ tensorflow: string, step: string }} options tensorflow: the folder with the binding and its library
 */
export async function stagePackage({ tensorflow, step }) {
  await rm(staging, { recursive: true, force: true })
  await stageTensorflow(tensorflow)
  await stageNode(step)
  await writeFile(join(staging, 'LICENSES.txt'), await shippedLicences(repository))
}

/** The native binding and its library as real files (in the working tree they are links into the user's cache). */
async function stageTensorflow(/** @type {string} */ folder) {
  for (const part of ['lib', 'deps']) {
    await cp(join(folder, part), join(staging, 'tensorflow', part), { recursive: true, dereference: true })
  }
  // The official library has its licences beside it; of a wheel they lie among the headers.
  const library = dirname(await realpath(join(folder, 'deps/lib/libtensorflow_framework.so.2')))
  const licences = await licencesBelow(library.endsWith('deps/lib') ? dirname(library) : library)
  if (licences.trim() === '') throw new SetupError(`TensorFlow's licence is not in ${library}`)
  await writeFile(join(staging, 'LICENSE.tensorflow.txt'), licences)
}

async function stageNode(/** @type {string} */ step) {
  const archive = await fetchPinned(packagedNode, step)
  const unpacked = join(staging, 'node-package')
  await mkdir(unpacked, { recursive: true })
  const { code, output } = await run('tar', ['-xzf', archive, '-C', unpacked, '--strip-components=1'], {
    output: 'capture',
  })
  if (code !== 0) throw new SetupError(`the Node binary does not unpack: ${firstLine(output)}`)
  await rename(join(unpacked, 'bin/node'), join(staging, 'node'))
  await rename(join(unpacked, 'LICENSE'), join(staging, 'LICENSE.node.txt'))
  await rm(unpacked, { recursive: true })
}
