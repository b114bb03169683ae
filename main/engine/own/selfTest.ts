import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork } from '../audit'
import type { Rng } from '../rng'
import { checkGradient } from './checkGradient'
import { checkFilms, checkLabels } from './checkFilms'
import { checkOutput } from './checkOutput'
import { ownNetwork, ownOutput, type OwnModel, type OwnPlan } from './ownNetwork'

/** One question and its answer, for somebody who did not write the model. */
export interface Check {
  readonly name: string
  readonly status: 'ok' | 'warning' | 'failed'
  readonly sentence: string
}

/** Real films to try it on. */
interface TestFilms {
  /** [N, S, S, 1] in [0, 1] */
  readonly pictures: tf.Tensor4D
  /** Whether the report names the finding; null: not known. */
  readonly labels: readonly (boolean | null)[]
}

interface OwnModelTest {
  /** audit: decisions and audits; read: decisions only; unusable: neither. */
  readonly verdict: 'audit' | 'read' | 'unusable'
  readonly checks: readonly Check[]
  /** Layers at which film and counterpart would be matched. */
  readonly layers: number
  readonly parameters: number
}

/** Films run at once. */
const BATCH = 4
const SAME = 1e-6
const SAME_IN_COMPANY = 1e-3

/**
 * Tries a network made elsewhere on real films: are its outputs what the manifest calls them, does it answer the same twice
 * and in any company, does it tell films apart, does a gradient flow from its decision to the picture, and is it the right one?
 *
 * @param giveWay awaited between checks
 */
export async function testOwnModel(
  model: OwnModel,
  { plan, films, rng, giveWay }: { plan: OwnPlan; films: TestFilms; rng: Rng; giveWay: () => Promise<void> },
): Promise<OwnModelTest> {
  const network = ownNetwork(model, plan)
  const output = inBatches(films.pictures, (x) => ownOutput(model, x, plan))
  const logits = inBatches(films.pictures, (x) => network.run(x).logits).flat()
  await giveWay()
  const reading = [
    checkOutput(output, plan.output),
    ...steady(network, films.pictures, logits),
    ...checkFilms(output, logits, plan),
    ...checkLabels(logits, films.labels),
  ]
  await giveWay()
  const broken = reading.some(({ name, status }) => status === 'failed' && name !== 'saturation')
  const gradients = broken ? [] : [checkGradient(network, films.pictures, rng), layersOf(network, model)]
  const checks = [...reading, ...gradients]
  const failed = checks.some(({ status }) => status === 'failed')
  return {
    verdict: broken ? 'unusable' : failed ? 'read' : 'audit',
    checks,
    layers: network.layers.length,
    parameters: model.layers.reduce((sum, { parameters }) => sum + parameters, 0),
  }
}

/** Rows of what `run` says of each picture. */
function inBatches(pictures: tf.Tensor4D, run: (x: tf.Tensor4D) => tf.Tensor2D): number[][] {
  const [count, height, width, channels] = pictures.shape
  const rows: number[][] = []
  for (let start = 0; start < count; start += BATCH) {
    const size = Math.min(BATCH, count - start)
    const part = tf.tidy(() => run(tf.slice4d(pictures, [start, 0, 0, 0], [size, height, width, channels])))
    rows.push(...part.arraySync())
    part.dispose()
  }
  return rows
}

function steady(network: AuditedNetwork, pictures: tf.Tensor4D, logits: readonly number[]): Check[] {
  const again = inBatches(pictures, (x) => network.run(x).logits).flat()
  const alone = Array.from({ length: Math.min(BATCH, logits.length) }, (_, i) => {
    const one = tf.tidy(() => network.run(tf.slice4d(pictures, [i, 0, 0, 0], [1, -1, -1, -1])).logits)
    const [logit = NaN] = one.dataSync()
    one.dispose()
    return logit
  })
  const repeated = largestDifference(again, logits)
  const company = largestDifference(alone, logits)
  return [
    repeated <= SAME
      ? { name: 'repeat', status: 'ok', sentence: 'It answers the same when asked twice.' }
      : {
          name: 'repeat',
          status: 'failed',
          sentence: `Asked twice about the same film it answers differently (log-odds off by ${repeated.toPrecision(2)}). Is a dropout or a random layer left on? Save the model for inference.`,
        },
    company <= SAME_IN_COMPANY
      ? { name: 'company', status: 'ok', sentence: 'Its answer about a film does not depend on the films beside it.' }
      : {
          name: 'company',
          status: 'failed',
          sentence: `Its answer about a film changes with the films beside it (log-odds off by ${company.toPrecision(2)}). Is a batch normalisation still in training mode?`,
        },
  ]
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  return Math.max(
    ...a.map((value, i) => {
      const other = b[i] ?? NaN
      const difference = Math.abs(value - other) / (1 + Math.abs(other))
      return Number.isNaN(difference) ? Infinity : difference
    }),
  )
}

function layersOf(network: AuditedNetwork, model: OwnModel): Check {
  const used = network.layers.length
  if (network.layers[0]?.name === 'input' && used === 1)
    return {
      name: 'layers',
      status: 'warning',
      sentence:
        'None of its layers can be looked into. Film and counterpart are compared at its input and its output only, which says less.',
    }
  const left = model.layers.length - used
  return {
    name: 'layers',
    status: 'ok',
    sentence: `Film and counterpart are compared at ${used} layers${left > 0 ? ` (${left} more do not hold one block a film and are left out)` : ''}.`,
  }
}
