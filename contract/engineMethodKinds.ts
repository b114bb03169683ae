import type { EngineMethod } from './engine'

interface MethodKind {
  /**
   * `in line`: takes the whole machine, so one after the other in the order of their calls. `unasked`: nobody waits for it,
   * so it does not count as a call that others must give way to.
   */
  readonly runs: 'at once' | 'in line' | 'unasked'
  /** What is lost if the engine dies meanwhile, as the user reads it; null where it is made again unasked. */
  readonly lost: string | null
}

const atOnce = (lost: string): MethodKind => ({ runs: 'at once', lost })
const inLine = (lost: string): MethodKind => ({ runs: 'in line', lost })

/** How each method of the engine runs; both sides of the channel read it. */
export const ENGINE_METHOD_KINDS: Readonly<Record<EngineMethod, MethodKind>> = {
  info: atOnce('a question about the engine'),
  classify: atOnce('the classification that was running'),
  bits: atOnce('the measurement of bits that was running'),
  instant: atOnce('an instant estimate'),
  audit: inLine('the audit that was running'),
  explain: inLine('the comparison of methods that was running'),
  counterfactual: inLine('the search for the picture that flips the decision'),
  furtherTests: inLine('the further tests of an audit'),
  testClassifier: inLine('the test of a classifier'),
  selfcheck: inLine('the self-check'),
  bench: inLine('the benchmark'),
  trainFlow: inLine('the training since its last checkpoint'),
  trainClassifier: inLine('the training since its last checkpoint'),
  trainSimplifier: inLine('the training since its last checkpoint'),
  measureFlow: inLine('the measurement of a flow that was running'),
  experiment: inLine('the experiment since its last checkpoint'),
  prepare: { runs: 'unasked', lost: null },
}
