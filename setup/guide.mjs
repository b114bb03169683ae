import { appEnvironment } from './lib/appEnvironment.mjs'
import { repository } from './lib/cache.mjs'
import { onDisplay } from './lib/display.mjs'
import { main } from './lib/main.mjs'
import { run } from './lib/run.mjs'
import { prepare, setupFlags } from './prepare.mjs'

/** `npm run guide`: takes the pictures of docs/user-guide.md anew, from the real app on the bundled films. */
await main(async () => {
  const env = appEnvironment(await prepare(setupFlags(process.argv.slice(2), { command: 'npm run guide' })))
  const [command, args] = onDisplay(process.execPath, [
    'node_modules/@playwright/test/cli.js',
    'test',
    '--config',
    'playwright.guide.config.ts',
  ])
  return (await run(command, args, { cwd: repository, env, output: 'inherit' })).code
})
