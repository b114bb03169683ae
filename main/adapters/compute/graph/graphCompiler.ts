import * as tf from '@tensorflow/tfjs-core'
import { runEagerly, type CompiledFunction, type Compiler } from '../../../engine/tensor'
import type { GraphSession } from './graphSession'
import { finished, makeGraph, type Made } from './makeGraph'
import type { TensorFunction } from './trace'

/** Sessions kept at once: each holds its models' weights. The one unused for longest goes first. */
const MOST_SESSIONS = 24

/** One function at one set of shapes; null: it cannot be a graph and runs eagerly. */
interface Entry {
  readonly models: readonly object[]
  readonly session: GraphSession | null
}

/** A graph on its way, for as long as somebody waits for it. */
interface Making {
  readonly models: readonly object[]
  readonly pieces: Generator<void, void>
  waiting: number
}

interface GraphCompilerOptions {
  /** Told of every function that had to stay eager. */
  readonly note: (message: string) => void
  readonly mostSessions?: number
}

/**
 * Makes functions into TensorFlow graphs at their first call, or before it: see `makeGraph`. From then on one call into
 * TensorFlow takes the place of hundreds of operations, each of which would cost a passage through JavaScript, and
 * TensorFlow runs independent operations side by side. Whatever fails on the way is noted, and that function runs eagerly
 * for good.
 */
export function createGraphCompiler({ note, mostSessions = MOST_SESSIONS }: GraphCompilerOptions): Compiler {
  const entries = new Map<string, Entry>()
  const makings = new Map<string, Making>()
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
  const remember = (key: string, of: CompiledFunction, made: Made) => {
    if (made.session) keep(key, { models: of.models, session: made.session })
    else refuse(key, of, made.why)
  }
  const begin = (key: string, of: CompiledFunction, work: { fn: TensorFunction; inputs: readonly tf.Tensor[] }) => {
    const making: Making = { models: of.models, pieces: pieces(key, of, work), waiting: 0 }
    makings.set(key, making)
    return making
  }
  function* pieces(
    key: string,
    of: CompiledFunction,
    { fn, inputs }: { fn: TensorFunction; inputs: readonly tf.Tensor[] },
  ): Generator<void, void> {
    const own = inputs.map((input) => tf.clone(input))
    try {
      const made = yield* makeGraph(fn, own)
      tf.dispose(made.outputs)
      remember(key, of, made)
    } catch {
      // the function fails or cannot be traced: its first real call finds out which, and says so
    } finally {
      tf.dispose(own)
    }
  }
  const drop = (key: string) => {
    makings.get(key)?.pieces.return()
    makings.delete(key)
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
      const making = makings.get(key)
      if (making) finished(making.pieces)
      const entry = entries.get(key)
      try {
        if (!entry) {
          const made = finished(makeGraph(untyped(fn), inputs))
          remember(key, of, made)
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
    ready: (of, inputs) => entries.has(keyOf(of, inputs)),
    *prepare(of, fn, inputs) {
      const key = keyOf(of, inputs)
      if (entries.has(key)) return
      const making = makings.get(key) ?? begin(key, of, { fn: untyped(fn), inputs })
      making.waiting++
      try {
        while (!entries.has(key) && !making.pieces.next().done) yield
      } finally {
        if (--making.waiting === 0) drop(key)
      }
    },
    release(model) {
      for (const [key, { models }] of [...makings]) if (models.includes(model)) drop(key)
      for (const [key, { models }] of [...entries]) if (models.includes(model)) forget(key)
    },
    describe: () => (eager.size === 0 ? 'graphs' : `graphs, but eager: ${[...eager].join('; ')}`),
    dispose() {
      for (const key of [...makings.keys()]) drop(key)
      for (const key of [...entries.keys()]) forget(key)
    },
  }
}

/** The tuple's places are the caller's affair. */
function untyped<I extends tf.Tensor[], O extends tf.Tensor[]>(fn: (...inputs: I) => O): TensorFunction {
  return fn as unknown as TensorFunction
}
