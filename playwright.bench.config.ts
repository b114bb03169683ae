import { defineConfig } from '@playwright/test'

/** Measurements on the real window that write their tables to docs/results (npm run bench:window). */
export default defineConfig({
  testDir: 'test/bench',
  testMatch: '**/*.bench.ts',
  outputDir: 'out/bench/artefacts',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 1_200_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
})
