import { appEnvironment } from './lib/appEnvironment.mjs'
import { repository } from './lib/cache.mjs'
import { onDisplay } from './lib/display.mjs'
import { main } from './lib/main.mjs'
import { run } from './lib/run.mjs'
import { prepare } from './prepare.mjs'

/** `npm run bench:window [-- frameTimes|memory]`: measures the real window and writes docs/results/{frame-times,memory}.md. */
await main(async () => {
  const setup = await prepare({})
  const [command, all] = onDisplay(process.execPath, [
    'node_modules/@playwright/test/cli.js',
    'test',
    '--config=playwright.bench.config.ts',
    ...process.argv.slice(2),
  ])
  return (await run(command, all, { cwd: repository, env: appEnvironment(setup), output: 'inherit' })).code
})
