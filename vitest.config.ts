import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/**
 * Everything that runs without a window: unit, golden, contract and integration tests.
 * Forked processes, two at most: TensorFlow threads of several heavy processes slow each other down.
 */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/{unit,golden,contract,integration}/**/*.test.ts'],
    alias: { 'cornerstone-core': fileURLToPath(new URL('test/support/noCornerstone.ts', import.meta.url)) },
    // where tests load the native library themselves
    setupFiles: ['main/adapters/compute/backend/nodeUtil.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: {
      OMP_WAIT_POLICY: 'PASSIVE',
      TF_CPP_MIN_LOG_LEVEL: '2',
    },
  },
})
