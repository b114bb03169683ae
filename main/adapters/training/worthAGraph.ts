import { EAGER, type Compiler } from '../../engine/tensor'

/** Making a step's graph takes as long as some seven steps without one. */
const STEPS_WORTH_A_GRAPH = 15

/**
 * What runs the steps of a training of that many in all. All of them count, not those that are left: a training that is
 * resumed goes on as it began.
 */
export function worthAGraph(steps: number, compiler: Compiler): Compiler {
  return steps < STEPS_WORTH_A_GRAPH ? EAGER : compiler
}
