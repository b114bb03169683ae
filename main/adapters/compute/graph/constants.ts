import type { NativeBinding } from '../backend/nativeBinding'
import type { Constant, Placeholder, Source } from './tracedGraph'

/** Constants up to so many bytes are kept once however often they were made: shapes, axes, factors. */
const SMALL = 64

/** TensorFlow holds about a dozen copies of the constants while it simplifies a graph: two gigabytes at most. */
const MOST_BYTES = 160 * 2 ** 20

/** What a traced function met without having made it of its inputs: weights, axes, factors. Values are copied at once. */
export class ConstantTable {
  readonly constants: Constant[] = []
  private readonly known = new Map<string, Source>()
  private bytes = 0

  constructor(private readonly binding: NativeBinding) {}

  /** @throws Error for a tensor of text, and where the constants grow too large */
  add(id: number, { dtype, shape }: Omit<Placeholder, 'name'>): Source {
    if (dtype === this.binding.TF_STRING) throw new Error('text cannot stand in a graph')
    const { buffer, byteOffset, byteLength } = this.binding.tensorDataSync(id)
    const content = new Uint8Array(buffer, byteOffset, byteLength).slice()
    const key = byteLength <= SMALL ? `${dtype}|${shape.join()}|${content.join()}` : null
    const same = key === null ? undefined : this.known.get(key)
    if (same) return same
    this.bytes += byteLength
    if (this.bytes > MOST_BYTES) throw new Error('its weights are too large for a graph')
    const source = { node: `constant${this.constants.length}`, index: 0 }
    this.constants.push({ name: source.node, dtype, shape: [...shape], content })
    if (key !== null) this.known.set(key, source)
    return source
  }
}
