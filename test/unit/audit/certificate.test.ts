import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareProblem, type AuditProblem } from '../../../main/engine/audit'
import { certify } from '../../../main/engine/audit/certificate'
import { gradientMatch } from '../../../main/engine/audit/objectives'
import { matchingObjective } from '../../../main/engine/audit/presets'
import { withNoise } from '../../../main/engine/flow'
import { seededRng } from '../../../main/engine/rng'
import { gaussianBlur } from '../../../main/engine/tensor'
import { tinyAudit } from '../../support/tinyAudit'

let tiny: ReturnType<typeof tinyAudit>
let problem: AuditProblem
let blurred: tf.Tensor4D
beforeAll(() => {
  tiny = tinyAudit()
  const objective = matchingObjective('activation')
  problem = prepareProblem({
    ...tiny.dependencies,
    filmLevels: tiny.picture,
    objective,
    noiseDraws: 4,
    rng: seededRng(2),
  })
  blurred = gaussianBlur(problem.film, 2)
})
afterAll(() => {
  blurred.dispose()
  problem.dispose()
  tiny.dispose()
})

const options = { filmDecision: true, cancelled: () => false, repeatability: null }

describe('the certificate of a counterpart', () => {
  it('measures each noise draw of its own: distances spread, and are the means of their layers', async () => {
    const { gradientDistance, activationDistance, layers, noiseDraws } = await certify(problem, blurred, options)
    expect(noiseDraws).toBe(4)
    expect(activationDistance.sd).toBeGreaterThan(0)
    expect(gradientDistance?.sd).toBeGreaterThan(0)
    // every layer here has two tensors, all of which count alike
    const mean = layers.reduce((sum, layer) => sum + (layer.gradientDistance ?? NaN), 0) / layers.length
    expect(gradientDistance?.mean).toBeCloseTo(mean, 5)
  })

  it('measures the gradient distance with weights in the middle of the paper’s range, 0.8 to 0.95', async () => {
    const distancesAt = (kappa: number) => {
      const weights = { match: 1, kl: 0, klScaled: 0 }
      const matcher = gradientMatch({ kappas: [kappa], weights }).prepare(problem.network, problem.film)
      const found = tf.tidy(() => [
        ...matcher.compare(withNoise(blurred, problem.noises), 0).distance.dataSync<'float32'>(),
      ])
      matcher.dispose()
      return found
    }
    const { gradientDistance } = await certify(problem, blurred, options)
    const [low, middle] = [distancesAt(0.8), distancesAt(0.875)]
    expect(gradientDistance?.min).toBeCloseTo(Math.min(...middle), 6)
    expect(gradientDistance?.max).toBeCloseTo(Math.max(...middle), 6)
    expect(Math.abs(Math.min(...low) - Math.min(...middle))).toBeGreaterThan(1e-5)
  })

  it('keeps the decision only where every draw does', async () => {
    const logits = tf.tidy(() => [...problem.network.run(withNoise(blurred, problem.noises)).logits.dataSync()])
    const [lowest = NaN, second = NaN] = logits.sort((a, b) => a - b)
    const certified = (boundary: number) =>
      certify({ ...problem, network: { ...problem.network, boundary } }, blurred, { ...options, cancelled: () => true })
    expect(await certified(lowest)).toMatchObject({ decisionKept: true, draws: { kept: 4, of: 4 } })
    expect(await certified(second)).toMatchObject({ decisionKept: false, draws: { kept: 3, of: 4 } })
  })

  it('leaves the gradient distance out when cancelled between two of its draws, and no tensors', async () => {
    const before = tf.memory().numTensors
    let asked = 0
    const { gradientDistance, layers } = await certify(problem, blurred, { ...options, cancelled: () => ++asked > 2 })
    expect(asked).toBe(3)
    expect(gradientDistance).toBeNull()
    expect(layers.map((layer) => layer.gradientDistance)).toEqual(layers.map(() => null))
    expect(tf.memory().numTensors).toBe(before)
  })
})
