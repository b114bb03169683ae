import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { appEnvironment } from './lib/appEnvironment.mjs'
import { repository } from './lib/cache.mjs'
import { hasDisplay, onDisplay, sandboxArguments } from './lib/display.mjs'
import { SetupError } from './lib/errors.mjs'
import { main } from './lib/main.mjs'
import { run } from './lib/run.mjs'
import { say } from './lib/say.mjs'
import { prepare, setupFlags } from './prepare.mjs'

const products = ['audit.json', 'report.pdf', 'worklist.png', 'audit.png']
/** How long an audit takes, and the most that is waited for all of it. */
const usual = { audit: 'about a minute', minutes: 10 }
const onWebAssembly = { audit: 'about a quarter of an hour', minutes: 60 }

/**
 * `npm run demo`: the workstation on the bundled cases, auditing the first misclassified one. Without a display (or with
 * `--headless`) it runs under Xvfb, leaves the audit, the report and two screenshots in out/demo and ends.
 */
await main(async () => {
  const flags = setupFlags(process.argv.slice(2), { command: 'npm run demo', own: ['headless'] })
  const setup = await prepare(flags)
  if (!setup.electron) throw new SetupError('the app needs Electron')
  const unattended = !hasDisplay() || flags.own.has('headless')
  const { audit, minutes } = setup.tensorflow.kind === 'wasm' ? onWebAssembly : usual
  const folder = join(repository, 'out/demo')
  if (unattended) {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    say('demo', `no display: running under Xvfb; the audit takes ${audit}`)
  } else {
    say('demo', 'opening the workstation; close its window to end')
  }
  const [command, all] = onDisplay(setup.electron.path, [
    ...sandboxArguments(),
    repository,
    '--demo',
    ...(unattended ? [`--demo-out=${folder}`] : []),
  ])
  const { code, stopped } = await run(command, all, {
    cwd: repository,
    env: appEnvironment(setup),
    output: 'inherit',
    ...(unattended ? { timeoutMs: minutes * 60_000 } : {}),
  })
  if (stopped) throw new SetupError(`the demonstration did not end within ${minutes} minutes`)
  if (code !== 0 || !unattended) return code
  for (const name of products) {
    const size = await stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    )
    if (size === 0) throw new SetupError(`the demonstration did not leave out/demo/${name}`)
  }
  return 0
})
