import { main } from './lib/main.mjs'
import { say } from './lib/say.mjs'
import { prepare, setupFlags } from './prepare.mjs'

/** `npm run setup [-- --gpu | --cpu] [-- --refresh]`: the set-up alone. */
await main(async () => {
  const start = Date.now()
  await prepare(setupFlags(process.argv.slice(2), { command: 'npm run setup' }))
  say('setup', `all ready (${((Date.now() - start) / 1000).toFixed(1)} s)`)
  return 0
})
