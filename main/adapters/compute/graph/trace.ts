import * as tf from '@tensorflow/tfjs-core'
import { ConstantTable } from './constants'
import { nativeBackend, type NativeBackend, type OpAttribute } from '../backend/nativeBinding'
import type { Operation, Output, Placeholder, Source, TracedGraph } from './tracedGraph'

/** Operations that give something else at each call: frozen into a graph they would not. */
const DRAWS_OR_REMEMBERS = /Random|Multinomial|TruncatedNormal|Variable|Assign|Shuffle/

/** Operations whose type TensorFlow.js leaves to be guessed from their first input; in a graph it must be said. */
const UNTYPED = new Set(['ExpandDims'])

/** A function of tensors that gives tensors. */
export type TensorFunction = (...inputs: tf.Tensor[]) => tf.Tensor[]

/**
 * Runs a function once, eagerly, and writes down every TensorFlow operation that its outputs can depend on the inputs
 * through – those of tf.grad's backward pass too. Everything else that it meets becomes a constant. The record is one of
 * the library's own tensors, so that tensors of TensorFlow.js which share one, or differ in shape alone, do not matter.
 *
 * @returns the graph, and what the function gave (the caller disposes)
 * @throws Error where the function reads a value that depends on its inputs, draws at random, or meets what no graph holds
 */
export function traceFunction(
  run: TensorFunction,
  inputs: readonly tf.Tensor[],
): { graph: TracedGraph; outputs: tf.Tensor[] } {
  const native = nativeBackend()
  const record = new TraceRecord(native)
  let sources: Output[] = []
  const outputs = tf.tidy(() => {
    // own tensors: an input may be given twice, or be met inside as a constant
    const own = inputs.map((input) => tf.tidy(() => copied(native, input)))
    own.forEach((tensor) => record.addPlaceholder(tensor))
    const found = record.during(() => run(...own))
    sources = found.map((tensor) => record.outputOf(tensor))
    return found
  })
  const { placeholders, operations, constants } = record
  return { graph: { placeholders, constants, operations, outputs: sources }, outputs }
}

function copied(native: NativeBackend, tensor: tf.Tensor): tf.Tensor {
  const type = { name: 'T', type: native.binding.TF_ATTR_TYPE, value: native.getDTypeInteger(tensor.dtype) }
  return native.executeSingleOutput('Identity', [type], [tensor])
}

class TraceRecord {
  readonly placeholders: Placeholder[] = []
  readonly operations: Operation[] = []
  private readonly table: ConstantTable
  /** Where each tensor of the library that depends on the inputs comes from, by its number. */
  private readonly made = new Map<number, Source>()
  private readonly fixed = new Map<number, Source>()
  /** Types of those, too. */
  private readonly types = new Map<number, number>()
  private readonly met = new Map<number, Omit<Placeholder, 'name'>>()

  constructor(private readonly native: NativeBackend) {
    this.table = new ConstantTable(native.binding)
  }

  get constants(): TracedGraph['constants'] {
    return this.table.constants
  }

  addPlaceholder(tensor: tf.Tensor): void {
    const [id] = this.native.getInputTensorIds([tensor])
    if (id === undefined) throw new Error('an input has no tensor in the library')
    const name = `input${this.placeholders.length}`
    const dtype = this.native.getDTypeInteger(tensor.dtype)
    this.placeholders.push({ name, dtype, shape: [...tensor.shape] })
    this.made.set(id, { node: name, index: 0 })
    this.types.set(id, dtype)
  }

  /** Listens to the binding while `work` runs. */
  during<T>(work: () => T): T {
    const { native } = this
    const { binding } = native
    const getInputTensorIds = native.getInputTensorIds
    native.getInputTensorIds = (tensors) => {
      const ids = getInputTensorIds.call(native, tensors)
      tensors.forEach((tensor, i) => this.meet(ids[i] ?? NaN, tensor))
      return ids
    }
    native.binding = Object.create(binding, {
      executeOp: { value: this.execute.bind(this, binding.executeOp) },
      tensorDataSync: { value: this.read.bind(this, binding.tensorDataSync) },
    }) as typeof binding
    try {
      return work()
    } finally {
      native.binding = binding
      native.getInputTensorIds = getInputTensorIds
    }
  }

  outputOf(tensor: tf.Tensor): Output {
    const [id = NaN] = this.native.getInputTensorIds([tensor])
    const { shape, dtype } = this.described(tensor)
    this.meet(id, tensor)
    if (shape.join() !== tensor.shape.join()) throw new Error('an output has another shape than its values')
    const source = this.sourceOf(id)
    if (this.operations.some(({ name }) => name === source.node)) return { ...source, dtype }
    // a session fetches what an operation made, not what it was fed
    const type = { name: 'T', type: this.native.binding.TF_ATTR_TYPE, value: dtype }
    return { ...this.addOperation('Identity', [source], [type]), dtype }
  }

  private execute(
    own: NativeBackend['binding']['executeOp'],
    ...[name, attributes, ids, count]: Parameters<NativeBackend['binding']['executeOp']>
  ): ReturnType<NativeBackend['binding']['executeOp']> {
    const results = own(name, attributes, ids, count)
    if (DRAWS_OR_REMEMBERS.test(name)) throw new Error(`${name} gives something else at each call`)
    if (!ids.some((id) => this.made.has(id))) return results
    const sources = ids.map((id) => this.sourceOf(id))
    const { node } = this.addOperation(name, sources, [...attributes, ...this.unsaid(name, ids[0] ?? NaN)])
    results.forEach(({ id, dtype }, index) => {
      this.made.set(id, { node, index })
      this.types.set(id, dtype)
    })
    return results
  }

  private unsaid(operation: string, first: number): OpAttribute[] {
    if (!UNTYPED.has(operation)) return []
    const value = this.types.get(first) ?? this.met.get(first)?.dtype ?? NaN
    return [{ name: 'T', type: this.native.binding.TF_ATTR_TYPE, value }]
  }

  private addOperation(op: string, inputs: readonly Source[], attributes: readonly OpAttribute[]): Source {
    const name = `operation${this.operations.length}`
    this.operations.push({ name, op, inputs, attributes: attributes.map((attribute) => ({ ...attribute })) })
    return { node: name, index: 0 }
  }

  private read(own: NativeBackend['binding']['tensorDataSync'], id: number): ArrayBufferView {
    if (this.made.has(id)) throw new Error('the function reads a value that depends on its inputs')
    return own(id)
  }

  private sourceOf(id: number): Source {
    const known = this.made.get(id) ?? this.fixed.get(id)
    if (known) return known
    const met = this.met.get(id)
    if (!met) throw new Error('the function uses a tensor that TensorFlow.js does not know')
    const source = this.table.add(id, met)
    this.fixed.set(id, source)
    return source
  }

  private meet(id: number, tensor: tf.TensorInfo): void {
    if (this.made.has(id) || this.met.has(id)) return
    this.met.set(id, this.described(tensor))
  }

  /** As the library has it. A whole number of 64 bits has no tensor of TensorFlow.js behind it. */
  private described({ dataId }: tf.TensorInfo): Omit<Placeholder, 'name'> {
    const kept = dataId ? this.native.tensorMap.get(dataId) : undefined
    if (!kept) return { dtype: this.native.binding.TF_INT64, shape: [] }
    const { dtype, shape } = kept
    return { dtype: typeof dtype === 'number' ? dtype : this.native.getDTypeInteger(dtype), shape }
  }
}
