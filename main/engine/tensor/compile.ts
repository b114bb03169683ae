import * as tf from '@tensorflow/tfjs-core'

/** What a function is beside its inputs. The same models and the same name: the same function. */
export interface CompiledFunction {
  /** Whose weights it holds fixed, by identity. */
  readonly models: readonly object[]
  /** What it computes, with every number that shapes it. */
  readonly name: string
}

/**
 * Runs pure functions of tensors, as fast as the backend can. One that compiles turns a function into one graph at its
 * first call with inputs of these shapes and runs the graph from then on.
 *
 * Pure: the outputs depend on inputs and models alone. Whatever changes from call to call is an input – noise, targets, a
 * weight of the loss: a tensor or number that the function closes over is what it was at the first call. It may
 * differentiate inside, and it reads no values. There is no gradient through a call; inside one it runs eagerly.
 */
export interface Compiler {
  /** Whether functions become graphs; false: they run operation by operation. */
  readonly graphs: boolean
  /** @returns fresh tensors, the caller's */
  run<I extends tf.Tensor[], O extends tf.Tensor[]>(of: CompiledFunction, fn: (...inputs: I) => O, inputs: I): O
  /** Whether `run` would find everything made for inputs of these shapes. */
  ready(of: CompiledFunction, inputs: readonly tf.Tensor[]): boolean
  /**
   * Makes what the first `run` would have to make, piece by piece: each `next()` takes about as long as running the
   * function does. Stopped early, it leaves nothing behind. Where the same is being made already, it goes on from there.
   */
  prepare<I extends tf.Tensor[], O extends tf.Tensor[]>(
    of: CompiledFunction,
    fn: (...inputs: I) => O,
    inputs: I,
  ): Generator<void, void>
  /** Frees what was compiled of a model; call before the model's own end. */
  release(model: object): void
  /** How things run, for a result's record. */
  describe(): string
  dispose(): void
}

/** Operation by operation. */
export const EAGER: Compiler = {
  graphs: false,
  run: (_, fn, inputs) => runEagerly(fn, inputs),
  ready: () => true,
  *prepare() {
    // nothing to make
  },
  release: () => undefined,
  describe: () => 'eager',
  dispose: () => undefined,
}

export function runEagerly<I extends tf.Tensor[], O extends tf.Tensor[]>(fn: (...inputs: I) => O, inputs: I): O {
  return tf.tidy(() => fn(...inputs))
}
