import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as tf from '@tensorflow/tfjs-core'
import { nativeBackend } from '../backend/nativeBinding'
import { CALL, INPUTS, savedModelPieces, TAG } from './savedModel'
import type { TracedGraph } from './tracedGraph'

/** A graph that TensorFlow has loaded and, at the first run, made ready to run. */
export interface GraphSession {
  /** Outputs by place; tensors like any other. */
  run(inputs: readonly tf.Tensor[]): tf.Tensor[]
  free(): void
}

/** TensorFlow's C interface loads a session from a folder alone: it exists as long as that takes. */
export function loadSession(graph: TracedGraph): GraphSession {
  const native = nativeBackend()
  const folder = mkdtempSync(join(tmpdir(), 'simplebits-graph-'))
  let session: number
  try {
    writePieces(join(folder, 'saved_model.pb'), savedModelPieces(graph, native.binding))
    session = native.binding.loadSavedModel(folder, TAG)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const inputs = graph.placeholders.map((_, index) => ({ name: `${INPUTS}:${index}` }))
  const outputs = graph.outputs.map((_, index) => `${CALL}:${index}`)
  return {
    run: (tensors) => native.runSavedModel(session, tensors, inputs, outputs),
    free: () => native.binding.deleteSavedModel(session),
  }
}

function writePieces(path: string, pieces: readonly Uint8Array[]): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    pieces.forEach((piece) => writeFileSync(file, piece))
  } finally {
    closeSync(file)
  }
}
