import * as tf from '@tensorflow/tfjs-core'
import { disagreement } from './agreement'
import { loadSession, type GraphSession } from './graphSession'
import { traceFunction, type TensorFunction } from './trace'

/** A function's graph, or why there is none; and what its first run gave (the caller disposes). */
export type Made =
  | { readonly session: GraphSession; readonly outputs: tf.Tensor[] }
  | { readonly session: null; readonly why: string; readonly outputs: tf.Tensor[] }

/**
 * Makes a function into a graph: traced, loaded, run and compared with what the function gave, one piece a `next()`. The
 * outputs are the graph's own, so that the same inputs give the same bits whenever they come.
 *
 * @throws Error where the function fails or cannot be traced: in the first piece
 */
export function* makeGraph(fn: TensorFunction, inputs: readonly tf.Tensor[]): Generator<void, Made, void> {
  const { graph, outputs: eager } = traceFunction(fn, inputs)
  let session: GraphSession | null = null
  let outputs: tf.Tensor[] = []
  let made: Made | null = null
  try {
    yield
    session = loadSession(graph)
    yield
    outputs = session.run(inputs)
    const why = disagreement(eager, outputs)
    if (why !== null) throw new Error(why)
    made = { session, outputs }
  } catch (error) {
    tf.dispose(outputs)
    made = { session: null, why: error instanceof Error ? error.message : String(error), outputs: eager }
  } finally {
    // the third way out: nobody wants the graph any more
    if (made?.session == null) session?.free()
    if (made?.outputs !== eager) tf.dispose(eager)
  }
  return made
}

/** All pieces at once. */
export function finished<T>(pieces: Iterator<void, T>): T {
  for (;;) {
    const { done, value } = pieces.next()
    if (done) return value
  }
}
