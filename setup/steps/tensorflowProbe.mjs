import { SetupError } from '../lib/errors.mjs'
import { repository } from '../lib/cache.mjs'
import { errorLine, run } from '../lib/run.mjs'
import { engineEnvironment } from '../lib/environment.mjs'

/**
 * Nine ones under a kernel of ones over three channels: 27 in the middle. The first line is for Node 23 and newer, as in
 * main/adapters/compute/backend/nodeUtil.ts.
 */
const script = `
require('node:util').isNullOrUndefined ??= (value) => value === null || value === undefined
const tf = require('@tensorflow/tfjs-node-gpu')
const y = tf.conv2d(tf.ones([1, 8, 8, 3]), tf.ones([3, 3, 3, 2]), 1, 'same').dataSync()
process.stdout.write('PROBE ' + JSON.stringify({ backend: tf.getBackend(), middle: y[(4 * 8 + 4) * 2], usesGpu: tf.backend().isUsingGpuDevice === true }))
`

/**
 * Loads the binding in a process of its own and computes one convolution.
 * @param {readonly string[]} libraryPath
 * @returns {Promise<{ usesGpu: boolean }>}
 * @throws {SetupError} where it does not load, falls back to another backend or computes wrongly
 */
export async function probeTensorflow(libraryPath) {
  const result = await run(process.execPath, ['-e', script], {
    cwd: repository,
    env: engineEnvironment(libraryPath),
    output: 'capture',
    timeoutMs: 120_000,
  })
  const answer = /PROBE (\{.*\})/.exec(result.output)?.[1]
  if (result.code !== 0 || !answer) throw new SetupError(`the binding does not load: ${errorLine(result.output)}`)
  const { backend, middle, usesGpu } = JSON.parse(answer)
  if (backend !== 'tensorflow' || middle !== 27) {
    throw new SetupError(`the binding computes wrongly (backend ${backend}, convolution ${middle} instead of 27)`)
  }
  return { usesGpu }
}
