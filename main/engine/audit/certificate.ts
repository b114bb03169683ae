import * as tf from '@tensorflow/tfjs-core'
import { withNoise } from '../flow'
import { holdsInAll, keptDraws } from './decision'
import { namesWeights } from './network'
import { activationMatch, gradientMatch, type Match, type Matcher } from './objectives'
import { readUnderNoise } from './noisyReading'
import { spreadOf, type Certificate, type Repeatability } from './outcome'
import type { AuditProblem } from './problem'

/** One κ in the middle of the paper's range: the certificate compares, it does not search. */
const CERTIFICATE_KAPPA = 0.875

/**
 * The retention certificate: decision, logit, KL and distances of the counterpart under every noise draw, per layer too.
 * Both distances are measured whichever objective led the search. Gives way between the parts.
 *
 * @param picture the counterpart, 8-bit, [1, size, size, 1]
 * @param options.cancelled once true, the (slower) gradient distance is left out; so it is for a network that names no weights
 */
export async function certify(
  problem: AuditProblem,
  picture: tf.Tensor4D,
  options: { filmDecision: boolean; cancelled: () => boolean; repeatability: Repeatability | null },
): Promise<Certificate> {
  const reading = readUnderNoise(problem, picture)
  const draws = keptDraws(reading.decisions, options.filmDecision)
  await tf.nextFrame()
  const activation = distances(problem, picture)
  const gradient = namesWeights(problem.network) ? await gradientDistances(problem, picture, options.cancelled) : null
  return {
    decisionKept: holdsInAll(draws),
    noiseDraws: draws.of,
    draws,
    logitDifference: spreadOf(reading.logitDifferences),
    kl: spreadOf(reading.kls),
    activationDistance: spreadOf(activation.total),
    gradientDistance: gradient ? spreadOf(gradient.total) : null,
    layers: problem.network.layers.map((layer) => ({
      name: layer.name,
      activationDistance: activation.parts.get(layer.name) ?? NaN,
      gradientDistance: gradient ? meanOf(layer.weights.map((name) => gradient.parts.get(name) ?? NaN)) : null,
    })),
    repeatability: options.repeatability,
  }
}

interface Distances {
  /** By draw. */
  readonly total: number[]
  /** By part, mean over draws. */
  readonly parts: ReadonlyMap<string, number>
}

/** Activation distances, all draws at once. */
function distances(problem: AuditProblem, picture: tf.Tensor4D): Distances {
  const matcher = activationMatch({ klWeight: 0, slope: 'exact' }).prepare(problem.network, problem.film)
  const found = distancesOf(matcher, () => withNoise(picture, problem.noises))
  matcher.dispose()
  return found
}

/** Gradient distances draw by draw, each a fraction of a second; null once cancelled. */
async function gradientDistances(
  problem: AuditProblem,
  picture: tf.Tensor4D,
  cancelled: () => boolean,
): Promise<Distances | null> {
  await tf.nextFrame()
  if (cancelled()) return null
  const objective = gradientMatch({ kappas: [CERTIFICATE_KAPPA], weights: { match: 1, kl: 0, klScaled: 0 } })
  const matcher = objective.prepare(problem.network, problem.film)
  const draws: Distances[] = []
  try {
    for (let draw = 0; draw < problem.noises.shape[0]; draw++) {
      await tf.nextFrame()
      if (cancelled()) return null
      const drawn = () => tf.slice4d(withNoise(picture, problem.noises), [draw, 0, 0, 0], [1, -1, -1, -1])
      draws.push(distancesOf(matcher, drawn))
    }
  } finally {
    matcher.dispose()
  }
  const means = matcher.parts.map((name) => [name, meanOf(draws.map(({ parts }) => parts.get(name) ?? NaN))] as const)
  return { total: draws.flatMap(({ total }) => total), parts: new Map(means) }
}

function distancesOf(matcher: Matcher, pictures: () => tf.Tensor4D): Distances {
  const [total, parts] = tf.tidy(() => {
    const match: Match = matcher.compare(pictures(), 0)
    return [match.distance, tf.mean(match.partDistances, 0)]
  })
  const means = parts.dataSync()
  const found = {
    total: [...total.dataSync()],
    parts: new Map(matcher.parts.map((name, i) => [name, means[i] ?? NaN])),
  }
  tf.dispose([total, parts])
  return found
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
