import { EAGER, type Compiler } from '../../../engine/tensor'
import type { ComputeBackend } from '../../../ports'
import { createGraphCompiler } from '../graph'

/** Set to anything but 0, everything runs operation by operation: to tell whether a graph is at fault. */
const SWITCH = 'SIMPLEBITS_EAGER'

/**
 * Graphs where TensorFlow computes on the processor. Its sessions take their inputs from the processor's memory, so that
 * on a GPU a step's tensors would travel there and back; and this way has not been measured there.
 */
export function compilerFor({ name }: ComputeBackend): Compiler {
  const switched = process.env[SWITCH] ?? '0'
  if (name !== 'tensorflow' || switched !== '0') return EAGER
  return createGraphCompiler({ note: (message) => process.stderr.write(`graph: ${message}\n`) })
}
