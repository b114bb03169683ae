import * as tf from '@tensorflow/tfjs-core'
import { namesWeights } from './network'
import { activationMatch, gradientMatch, type Match, type Matcher } from './objectives'
import { readUnderNoise, withNoise } from './noisyReading'
import { spreadOf, type Certificate, type Repeatability } from './outcome'
import type { AuditProblem } from './problem'

/** One κ in the middle of the paper's range: the certificate compares, it does not search. */
const CERTIFICATE_KAPPA = 0.875

/**
 * The retention certificate: decision, logit, KL and distances of the counterpart under every noise draw, per layer too.
 * Both distances are measured whichever objective led the search.
 *
 * @param picture the counterpart, 8-bit, [1, size, size, 1]
 * @param options.withGradients false leaves the (slower) gradient distance out; so does a network that names no weights
 */
export function certify(
  problem: AuditProblem,
  picture: tf.Tensor4D,
  options: { filmDecision: boolean; withGradients: boolean; repeatability: Repeatability | null },
): Certificate {
  const reading = readUnderNoise(problem, picture)
  const kept = reading.decisions.filter((decision) => decision === options.filmDecision).length
  const of = reading.decisions.length
  const activation = distances(problem, picture, activationMatch({ klWeight: 0, slope: 'exact' }).prepare)
  const gradientObjective = gradientMatch({ kappas: [CERTIFICATE_KAPPA], weights: { match: 1, kl: 0, klScaled: 0 } })
  const gradient =
    options.withGradients && namesWeights(problem.network)
      ? distances(problem, picture, gradientObjective.prepare)
      : null
  return {
    decisionKept: kept === of,
    noiseDraws: of,
    draws: { kept, of },
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

function distances(
  problem: AuditProblem,
  picture: tf.Tensor4D,
  prepare: (network: AuditProblem['network'], film: tf.Tensor4D) => Matcher,
): Distances {
  const matcher = prepare(problem.network, problem.film)
  const [total, parts] = tf.tidy(() => {
    const match: Match = matcher.compare(withNoise(problem, picture), 0)
    return [match.distance, tf.mean(match.partDistances, 0)]
  })
  const names = matcher.parts
  matcher.dispose()
  const means = parts.dataSync()
  const found = { total: [...total.dataSync()], parts: new Map(names.map((name, i) => [name, means[i] ?? NaN])) }
  tf.dispose([total, parts])
  return found
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
