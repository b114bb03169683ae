import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { repository } from './lib/cache.mjs'
import { SetupError } from './lib/errors.mjs'
import { main } from './lib/main.mjs'
import { run } from './lib/run.mjs'
import { say } from './lib/say.mjs'
import { stagePackage } from './lib/stagePackage.mjs'
import { tryPackage } from './lib/tryPackage.mjs'
import { prepare, setupFlags } from './prepare.mjs'

const step = 'package'

/**
 * `npm run package [-- --dir]`: the Linux package in dist/, with the engine, the models and the bundled cases inside, and
 * tried; `--dir` leaves out the AppImage. `npm run package -- --try` makes one outside the repository on whatever Electron
 * there is, tries it and removes it.
 */
await main(async () => {
  const flags = setupFlags(process.argv.slice(2), { command: 'npm run package', own: ['dir', 'try'] })
  const trial = flags.own.has('try')
  const { electron, tensorflow } = await prepare(flags)
  if (!electron || (electron.kind !== 'official' && !trial)) {
    throw new SetupError(
      'No package was built: the official Electron could not be downloaded here, and the fallback is for development and ' +
        'tests only. Build the package on a machine that reaches the Electron download (npm run setup -- --refresh); ' +
        '`npm run package -- --try` tries how a package works without keeping it.',
    )
  }
  if (!tensorflow.folder)
    throw new SetupError('a package needs the native TensorFlow library, and this machine has none')
  await stagePackage({ tensorflow: tensorflow.folder, step })
  const output = trial ? await mkdtemp(join(tmpdir(), 'simplebits-package-')) : join(repository, 'dist')
  try {
    await build({ electron: dirname(electron.path), output, unpacked: trial || flags.own.has('dir') })
    await tryPackage(join(output, 'linux-unpacked'), step)
    say(step, trial ? 'the package works; it is not kept' : `the package works: ${output}`)
  } finally {
    if (trial) await rm(output, { recursive: true, force: true })
  }
  return 0
})

/** @param {{ electron: string, output: string, unpacked: boolean }} options unpacked: without the AppImage */
async function build({ electron, output, unpacked }) {
  say(step, 'building with electron-builder')
  const { code } = await run(
    process.execPath,
    [
      'node_modules/electron-builder/cli.js',
      '--linux',
      ...(unpacked ? ['--dir'] : []),
      `-c.electronDist=${electron}`,
      `-c.directories.output=${output}`,
    ],
    { cwd: repository },
  )
  if (code !== 0) throw new SetupError(`electron-builder ended with ${code}`)
}
