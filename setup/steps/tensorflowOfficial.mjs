import { join } from 'node:path'
import { exists, folderBytes, repository } from '../lib/cache.mjs'
import { SetupError } from '../lib/errors.mjs'
import { errorLine, run } from '../lib/run.mjs'
import { withHeartbeat } from '../lib/say.mjs'
import { adoptInstalledBinding, bindingIn, bindingPackage } from './tensorflowBinding.mjs'

/** Given up after so long without a byte: a blocked download host often answers nothing at all. */
const idleMs = 20_000

/**
 * What the npm package's own install script does: its prebuilt library from its makers' storage, its prebuilt binding.
 * @param {{ gpu: boolean, folder: string }} options folder: where the result is kept
 * @throws {SetupError} where it cannot be had
 */
export async function fetchOfficialBinding({ gpu, folder }) {
  const downloaded = () => folderBytes(join(bindingPackage, 'deps')) / 1e6
  const result = await withHeartbeat({ step: 'tensorflow', label: 'official download', megabytes: downloaded }, () =>
    run(process.execPath, ['scripts/install.js', gpu ? 'gpu' : 'cpu', 'download'], {
      cwd: bindingPackage,
      env: { ...process.env, PATH: `${join(repository, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` },
      output: 'capture',
      idleMs,
      alive: downloaded,
    }),
  )
  if (result.stopped) throw new SetupError(`no answer for ${idleMs / 1000} s`)
  const complete = (await exists(bindingIn(bindingPackage))) && folderBytes(join(bindingPackage, 'deps/lib')) > 0
  if (result.code !== 0 || !complete) throw new SetupError(errorLine(result.output))
  await adoptInstalledBinding(folder)
}
