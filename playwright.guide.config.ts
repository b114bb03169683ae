import { defineConfig } from '@playwright/test'

/** Takes the pictures of docs/user-guide.md from the real app: `npm run guide`. */
export default defineConfig({
  testDir: 'test/guide',
  testMatch: '**/*.guide.ts',
  outputDir: 'out/guide/artefacts',
  workers: 1,
  timeout: 600_000,
  expect: { timeout: 120_000 },
  reporter: [['list']],
})
