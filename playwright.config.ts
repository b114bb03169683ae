import { defineConfig } from '@playwright/test'

/** End-to-end tests on the real Electron app; one window at a time, artefacts kept in out/e2e. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'out/e2e/artefacts',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  // A shared machine may stall for seconds; what needs a second try is said at the end of the run.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'out/e2e/results.json' }]],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
})
