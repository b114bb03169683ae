import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { appEnvironment } from './lib/appEnvironment.mjs'
import { readJson, repository } from './lib/cache.mjs'
import {
  countCommand,
  countPlaywright,
  countVitest,
  countsLine,
  flakyPlaywright,
  sumCounts,
  withExitCode,
} from './lib/counts.mjs'
import { onDisplay } from './lib/display.mjs'
import { main } from './lib/main.mjs'
import { npmCommand } from './lib/npm.mjs'
import { run } from './lib/run.mjs'
import { say } from './lib/say.mjs'
import { wantedPart } from './lib/wantedPart.mjs'
import { prepare } from './prepare.mjs'

/** @typedef {import('./lib/counts.mjs').Counts} Counts */

/** Types, lint and format: each counts as one test. @returns {Promise<Counts>} */
async function staticChecks() {
  const counts = []
  for (const script of ['typecheck', 'lint', 'format']) {
    say('check', script)
    const { code } = await run(...npmCommand(['run', '--silent', script]), { cwd: repository, output: 'inherit' })
    if (code !== 0) say('check', `${script} FAILED`)
    counts.push(countCommand(code))
  }
  return sumCounts(counts)
}

/** @param {NodeJS.ProcessEnv} env @returns {Promise<Counts>} */
async function windowless(env) {
  const report = join(repository, 'out/test/vitest.json')
  await rm(report, { force: true })
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const { code } = await run(process.execPath, args, { cwd: repository, env, output: 'inherit' })
  const counted = countVitest(
    /** @type {import('./lib/counts.mjs').VitestReport | undefined} */ (await readJson(report)),
  )
  return withExitCode(counted, code)
}

/** @param {NodeJS.ProcessEnv} env @returns {Promise<Counts>} */
async function endToEnd(env) {
  const report = join(repository, 'out/e2e/results.json')
  await rm(report, { force: true })
  const [command, args] = onDisplay(process.execPath, ['node_modules/@playwright/test/cli.js', 'test'])
  const { code } = await run(command, args, { cwd: repository, env, output: 'inherit' })
  const found = /** @type {import('./lib/counts.mjs').PlaywrightReport | undefined} */ (await readJson(report))
  const flaky = flakyPlaywright(found)
  if (flaky > 0) say('test', `${flaky} passed only at the second try: look why (out/e2e/artefacts)`)
  return withExitCode(countPlaywright(found), code)
}

/** @type {Record<string, (env: NodeJS.ProcessEnv) => Promise<Counts>>} */
const parts = { checks: staticChecks, unit: windowless, e2e: endToEnd }

/** `npm test [-- --only checks|unit|e2e]`: set-up, then everything that CI runs; the last line sums it all up. */
await main(async () => {
  const only = wantedPart(process.argv.slice(2), Object.keys(parts))

  const env = appEnvironment(await prepare({ engineOnly: only !== undefined && only !== 'e2e' }))
  const counts = []
  for (const [name, runPart] of Object.entries(parts)) {
    if (only !== undefined && name !== only) continue
    const counted = await runPart(env)
    say('test', `${name}: ${countsLine(counted)}`)
    counts.push(counted)
  }
  const total = sumCounts(counts)
  process.stdout.write(`${countsLine(total)}\n`)
  return total.failed === 0 ? 0 : 1
})
