import * as tf from '@tensorflow/tfjs-core'
import { bitsStep } from '../flow'
import { seededRng } from '../rng'
import { EAGER, type CompiledFunction, type Compiler } from '../tensor'
import { descentInputs, descentStep } from './descent'
import { evenShares } from './detail'
import { matchingObjective } from './presets'
import { prepareProblem, type AuditProblem, type AuditQuestion } from './problem'
import { readingInputs, readingStep } from './score'
import { pictureInputs, pictureStep } from './searchPicture'

/** What a search runs again and again: its models and objective, and whether pixels are kept. */
type Steps = Pick<AuditQuestion, 'flow' | 'network' | 'objective' | 'compiler'> & {
  readonly restricted: boolean
}

/** The same problem for what cannot wait for anything to be made. */
export function withoutMaking(problem: AuditProblem): AuditProblem {
  return missingSteps(problem) ? { ...problem, compiler: EAGER } : problem
}

/** Makes what this problem's search lacks, giving way between the pieces; ends early once cancelled. */
export async function stepsReady(problem: AuditProblem, cancelled: () => boolean): Promise<void> {
  const missing = missingSteps(problem)
  if (!missing) return
  const pieces = prepareSteps(missing)
  try {
    while (!cancelled() && !pieces.next().done) await tf.nextFrame()
  } finally {
    pieces.return()
  }
}

/** The same for the unrestricted audits of these models at every preset, before there is a film. */
export function preparedAudit(
  models: Pick<AuditQuestion, 'flow' | 'network'> & { readonly compiler: Compiler },
  objective: 'activation' | 'gradient',
): Generator<void, void> {
  return prepareSteps({ ...models, objective: matchingObjective(objective), restricted: false })
}

function missingSteps(problem: AuditProblem): Steps | null {
  const { flow, network, objective, compiler, kept, size } = problem
  const ready = tf.tidy(() => {
    const noise = tf.zeros<tf.Rank.R4>([1, size, size, 1])
    return stepsOf(problem, { shares: evenShares(size, []), noise, price: tf.scalar(1) }).every((step) =>
      step.ready(compiler),
    )
  })
  return ready ? null : { flow, network, objective, compiler, restricted: kept !== null }
}

/**
 * Makes a search's compiled functions, piece by piece. They are tried on a picture of their own, never on a film: what is
 * made, and whether it is found fit, must not depend on which film came first. Leaves no tensors behind, stopped early or not.
 */
function* prepareSteps(steps: Steps): Generator<void, void> {
  const { flow, network, objective, compiler, restricted } = steps
  if (!compiler?.graphs) return
  const filmLevels = rehearsalFilm(flow.config.size)
  const keep = restricted ? filmLevels.map((_, i) => i % 2) : null
  const rng = seededRng(REHEARSAL_SEED)
  const problem = prepareProblem({ flow, network, objective, compiler, filmLevels, keep, noiseDraws: 1, rng })
  const given = { shares: evenShares(problem.size, []), noise: problem.searchNoises, price: tf.scalar(1) }
  try {
    for (const step of stepsOf(problem, given)) {
      yield
      yield* step.prepare(compiler)
    }
  } finally {
    tf.dispose([given.shares, given.price])
    problem.dispose()
  }
}

const REHEARSAL_SEED = 0

/** Smooth, of a film's contrast, neither left-right nor top-bottom alike. */
function rehearsalFilm(size: number): Uint8Array {
  return Uint8Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [(i % size) / size, Math.floor(i / size) / size]
    return Math.round(130 + 60 * Math.sin(7 * y + 2 * x) + 40 * Math.cos(11 * x - 1))
  })
}

interface Step {
  ready(compiler: Compiler): boolean
  prepare(compiler: Compiler): Generator<void, void>
}

function stepOf<I extends tf.Tensor[]>(
  { of, fn }: { of: CompiledFunction; fn: (...inputs: I) => tf.Tensor[] },
  inputs: I,
): Step {
  return {
    ready: (compiler) => compiler.ready(of, inputs),
    prepare: (compiler) => compiler.prepare(of, fn, inputs),
  }
}

/** In the order in which a search needs them. */
function stepsOf(
  problem: AuditProblem,
  given: { readonly shares: tf.Tensor1D; readonly noise: tf.Tensor4D; readonly price: tf.Scalar },
): Step[] {
  const { flow, film } = problem
  const { shares, noise, price } = given
  const descent = { shares, noise, pressure: price, fading: price, draw: 0 }
  return [
    stepOf(descentStep(problem), descentInputs(problem, descent)),
    stepOf(pictureStep(problem), pictureInputs(problem, shares)),
    stepOf(bitsStep(flow), [film, noise]),
    stepOf(readingStep(problem), readingInputs(problem, film)),
  ]
}
