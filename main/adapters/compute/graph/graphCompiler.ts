import * as tf from '@tensorflow/tfjs-core'
import { runEagerly, type CompiledFunction, type Compiler } from '../../../engine/tensor'
import { disagreement } from './agreement'
import { loadSession, type GraphSession } from './graphSession'
import { traceFunction, type TensorFunction } from './trace'

/** Sessions kept at once: each holds its models' weights. The one unused for longest goes first. */
const MOST_SESSIONS = 24

/** One function at one set of shapes; null: it cannot be a graph and runs eagerly. */
interface Entry {
  readonly models: readonly object[]
  readonly session: GraphSession | null
}

export interface GraphCompilerOptions {
  /** Told of every function that had to stay eager. */
  readonly note: (message: string) => void
  readonly mostSessions?: number
}

/**
 * Makes functions into TensorFlow graphs at their first call: traced, loaded as a session, run and compared with what the
 * function gave. From then on one call into TensorFlow takes the place of hundreds of operations, each of which would
 * cost a passage through JavaScript, and TensorFlow folds constants, fuses convolutions with bias and ReLU and runs
 * independent operations side by side. Whatever fails on the way is noted, and that function runs eagerly for good.
 */
export function createGraphCompiler({ note, mostSessions = MOST_SESSIONS }: GraphCompilerOptions): Compiler {
  const entries = new Map<string, Entry>()
  const numbers = new WeakMap<object, number>()
  let counted = 0
  const numberOf = (model: object): number => {
    const known = numbers.get(model)
    if (known !== undefined) return known
    numbers.set(model, ++counted)
    return counted
  }
  const keyOf = ({ models, name }: CompiledFunction, inputs: readonly tf.Tensor[]) =>
    [models.map(numberOf).join(), name, ...inputs.map(({ dtype, shape }) => `${dtype}[${shape.join()}]`)].join(' ')
  const forget = (key: string) => {
    entries.get(key)?.session?.free()
    entries.delete(key)
  }
  const keep = (key: string, entry: Entry) => {
    entries.delete(key)
    entries.set(key, entry)
    for (const oldest of entries.keys()) {
      if (entries.size <= mostSessions) break
      forget(oldest)
    }
  }
  const eager = new Set<string>()
  const refuse = (key: string, { models, name }: CompiledFunction, why: string) => {
    forget(key)
    keep(key, { models, session: null })
    eager.add(name)
    note(`${name} stays eager: ${why}`)
  }
  return {
    graphs: true,
    run: <I extends tf.Tensor[], O extends tf.Tensor[]>(
      of: CompiledFunction,
      fn: (...inputs: I) => O,
      inputs: I,
    ): O => {
      // a graph has no gradient for a tape to follow
      if (tf.engine().isTapeOn()) return runEagerly(fn, inputs)
      const key = keyOf(of, inputs)
      const entry = entries.get(key)
      try {
        if (!entry) {
          const made = compile(fn as unknown as TensorFunction, inputs) // the tuple's places are the caller's affair
          if (made.session) keep(key, { models: of.models, session: made.session })
          else refuse(key, of, made.why)
          return made.outputs as O
        }
        if (entry.session) {
          keep(key, { ...entry }) // now the youngest
          return entry.session.run(inputs) as O
        }
      } catch (error) {
        // where the function itself fails, it fails here again, and nothing is held against its graph
        const outputs = runEagerly(fn, inputs)
        refuse(key, of, error instanceof Error ? error.message : String(error))
        return outputs
      }
      return runEagerly(fn, inputs)
    },
    release(model) {
      for (const [key, { models }] of [...entries]) if (models.includes(model)) forget(key)
    },
    describe: () => (eager.size === 0 ? 'graphs' : `graphs, but eager: ${[...eager].join('; ')}`),
    dispose() {
      for (const key of [...entries.keys()]) forget(key)
    },
  }
}

type Compiled =
  | { readonly session: GraphSession; readonly outputs: tf.Tensor[] }
  | { readonly session: null; readonly why: string; readonly outputs: tf.Tensor[] }

/** The graph's own outputs are given from the first call on: the same inputs give the same bits whenever they come. */
function compile(fn: TensorFunction, inputs: readonly tf.Tensor[]): Compiled {
  const { graph, outputs: eager } = traceFunction(fn, inputs)
  let session: GraphSession | null = null
  let outputs: tf.Tensor[] = []
  try {
    session = loadSession(graph)
    outputs = session.run(inputs)
    const why = disagreement(eager, outputs)
    if (why === null) {
      tf.dispose(eager)
      return { session, outputs }
    }
    throw new Error(why)
  } catch (error) {
    tf.dispose(outputs)
    session?.free()
    return { session: null, why: error instanceof Error ? error.message : String(error), outputs: eager }
  }
}
