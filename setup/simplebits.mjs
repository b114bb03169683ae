import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { repository } from './lib/cache.mjs'
import { engineEnvironment } from './lib/environment.mjs'
import { main } from './lib/main.mjs'
import { run } from './lib/run.mjs'
import { prepare } from './prepare.mjs'

/** `npm run simplebits -- …`: the command line from its sources; stdout carries nothing but its data. */
await main(async () => {
  const { tensorflow } = await prepare({ quiet: true, engineOnly: true })
  const loader = pathToFileURL(resolve(repository, 'node_modules/tsx/dist/loader.mjs')).href
  const { code } = await run(
    process.execPath,
    ['--import', loader, resolve(repository, 'main/cli/index.ts'), ...process.argv.slice(2)],
    { env: engineEnvironment(tensorflow.libraryPath), output: 'inherit', leads: true },
  )
  return code
})
