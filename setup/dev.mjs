import { appEnvironment } from './lib/appEnvironment.mjs'
import { repository } from './lib/cache.mjs'
import { onDisplay, sandboxArguments } from './lib/display.mjs'
import { SetupError } from './lib/errors.mjs'
import { main } from './lib/main.mjs'
import { run } from './lib/run.mjs'
import { prepare, setupFlags } from './prepare.mjs'
import { forgetBuild } from './steps/build.mjs'

/** `npm run dev`: the app with hot reload of the window and a restart when the main process changes. */
await main(async () => {
  const setup = await prepare(setupFlags(process.argv.slice(2), { command: 'npm run dev' }))
  if (!setup.electron) throw new SetupError('the app needs Electron')
  await forgetBuild()
  const args = ['node_modules/electron-vite/bin/electron-vite.js', 'dev', '--watch']
  const [command, all] = onDisplay(process.execPath, [
    ...args,
    ...(sandboxArguments().length > 0 ? ['--noSandbox'] : []),
  ])
  const env = { ...appEnvironment(setup), ELECTRON_EXEC_PATH: setup.electron.path }
  return (await run(command, all, { cwd: repository, env, output: 'inherit' })).code
})
