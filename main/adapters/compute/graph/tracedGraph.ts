import type { OpAttribute } from '../backend/nativeBinding'

/** A value in a graph: output `index` of the node of that name. */
export interface Source {
  readonly node: string
  readonly index: number
}

/** A value that is given back. */
export interface Output extends Source {
  readonly dtype: number
}

export interface Placeholder {
  readonly name: string
  readonly dtype: number
  readonly shape: readonly number[]
}

export interface Constant extends Placeholder {
  /** Little-endian, row-major. */
  readonly content: Uint8Array
}

export interface Operation {
  readonly name: string
  readonly op: string
  readonly inputs: readonly Source[]
  readonly attributes: readonly OpAttribute[]
}

/** A pure function as TensorFlow's operations: placeholders in, constants inside, outputs by place. */
export interface TracedGraph {
  readonly placeholders: readonly Placeholder[]
  readonly constants: readonly Constant[]
  /** In an order in which each comes after what it needs. */
  readonly operations: readonly Operation[]
  readonly outputs: readonly Output[]
}
