import { delimiter } from 'node:path'

/**
 * The environment of every process that computes with TensorFlow: threads that sleep instead of spinning (two heavy
 * processes otherwise slow each other many times over), no start-up chatter, oneDNN's convolutions on every processor, the
 * CUDA libraries where the loader looks.
 * @param {readonly string[]} libraryPath
 * @param {NodeJS.ProcessEnv} [base]
 * @returns {NodeJS.ProcessEnv}
 */
export function engineEnvironment(libraryPath, base = process.env) {
  const folders = [...libraryPath, ...(base['LD_LIBRARY_PATH'] ? [base['LD_LIBRARY_PATH']] : [])]
  return {
    ...base,
    OMP_WAIT_POLICY: base['OMP_WAIT_POLICY'] ?? 'PASSIVE',
    TF_CPP_MIN_LOG_LEVEL: base['TF_CPP_MIN_LOG_LEVEL'] ?? '2',
    TF_ENABLE_ONEDNN_OPTS: base['TF_ENABLE_ONEDNN_OPTS'] ?? '1',
    ...(folders.length > 0 ? { LD_LIBRARY_PATH: folders.join(delimiter) } : {}),
  }
}
