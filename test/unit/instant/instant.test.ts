import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bits, NOISE_WIDTH, reportedBits } from '../../../main/engine/flow'
import { EstimateTrainer, guessedLevels, instantCounterpart, type EstimateReport } from '../../../main/engine/instant'
import type { EstimateTraining } from '../../../main/engine/instant/train'
import { seededRng } from '../../../main/engine/rng'
import { simplifierNet } from '../../../main/engine/simplify'
import { disposeParams, gaussianBlur, toPicture, type Params } from '../../../main/engine/tensor'
import { TINY_SIZE, tinyAudit } from '../../support/tinyAudit'

/** As the product's simplifier: its change is added to a blurred film, so that it begins as a blur. */
const net = simplifierNet({ size: TINY_SIZE, channels: 1, width: 4, blur: 1.5 })
let tiny: ReturnType<typeof tinyAudit>
let params: Params
let film: tf.Tensor4D
beforeAll(() => {
  tiny = tinyAudit()
  params = net.init(seededRng(3))
  film = toPicture(tiny.picture, TINY_SIZE)
})
afterAll(() => {
  disposeParams(params)
  film.dispose()
  tiny.dispose()
})

describe('the instant estimate of a film', () => {
  it('shows an 8-bit picture, and the figures are of that picture, not of the film nor of what was rounded', () => {
    const { flow, network } = tiny.dependencies
    const found = instantCounterpart({ net, params, flow, network }, film, 3)
    const blurred = gaussianBlur(film, 1.5)
    const shown = toPicture(found.levels, TINY_SIZE)
    expect([...shown.dataSync()]).toEqual([...blurred.dataSync()])
    const { bits: reported, map } = reportedBits(flow, shown, { draws: 3 })
    expect(found.bits).toBe(reported[0])
    expect(Array.from(found.map)).toEqual(Array.from(map.dataSync<'float32'>()))
    const [logit = NaN, ofFilm = NaN] = [shown, film].map((x) => tf.tidy(() => network.run(x).logits.dataSync()[0]))
    expect(found.logit).toBe(logit)
    expect(Math.abs(logit - ofFilm)).toBeGreaterThan(1e-3)
    tf.dispose([blurred, shown, map])
  })

  it('is the picture that a search may start from', () => {
    const { levels } = instantCounterpart({ net, params, ...tiny.dependencies }, film, 1)
    expect(guessedLevels({ net, params }, film)).toEqual(levels)
    expect(levels).not.toEqual(tiny.picture)
  })
})

describe('a step of its training', () => {
  const training: EstimateTraining = {
    schedule: { rate: 0.01, warmUp: 1, steps: 20, floor: 0.1 },
    clip: 5,
    averageDecay: 0.9,
    pressure: 2,
    pressureRise: 4,
    klWeight: 10,
  }
  const shape: [number, number, number, number] = [2, TINY_SIZE, TINY_SIZE, 1]
  /** The film and a paler one, each under a noise of its own. */
  let x: tf.Tensor4D
  let noise: tf.Tensor4D
  beforeAll(() => {
    x = tf.tidy(() => {
      const pale = toPicture(
        tiny.picture.map((level) => 60 + Math.round(level / 3)),
        TINY_SIZE,
      )
      return tf.concat4d([film, pale], 0)
    })
    const drawn = seededRng(8).uniformArray(2 * TINY_SIZE ** 2)
    noise = tf.tensor4d(
      drawn.map((u) => u * NOISE_WIDTH),
      shape,
    )
  })
  afterAll(() => tf.dispose([x, noise]))

  function reports(count: number, batch: { x: tf.Tensor4D; noise: tf.Tensor4D }): EstimateReport[] {
    const trainer = new EstimateTrainer({ net, ...tiny.dependencies }, training, params)
    const found = Array.from({ length: count }, () => trainer.step(batch))
    trainer.dispose()
    return found
  }

  it('minimises distance + weight · KL + pressure · bits per pixel, the pressure rising evenly to its own', () => {
    reports(6, { x, noise }).forEach(({ loss, distance, kl, bpd }, step) => {
      const pressure = 2 * Math.min(1, (step + 1) / 4)
      expect(loss, `step ${step}`).toBeCloseTo(distance + 10 * kl + pressure * bpd, 4)
    })
  })

  it('reports means over its films, the bits of what is shown: 8-bit pictures', () => {
    const [both] = reports(1, { x, noise })
    const alone = [0, 1].flatMap((film) => {
      const part = (of: tf.Tensor4D) => tf.slice4d(of, [film, 0, 0, 0], [1, -1, -1, -1])
      const batch = { x: part(x), noise: part(noise) }
      const found = reports(1, batch)
      tf.dispose([batch.x, batch.noise])
      return found
    })
    for (const figure of ['loss', 'bpd', 'distance', 'kl'] as const) {
      const [one = NaN, other = NaN] = alone.map((report) => report[figure])
      expect(Math.abs(one - other), figure).toBeGreaterThan(1e-7)
      expect(both?.[figure], figure).toBeCloseTo((one + other) / 2, 5)
    }
    // before its first step the net is the blur
    const [shown, unrounded] = tf.tidy(() => {
      const bpdOf = (pictures: tf.Tensor4D) =>
        (tf.mean(bits(tiny.dependencies.flow, pictures, noise)).dataSync()[0] ?? NaN) / TINY_SIZE ** 2
      return [bpdOf(gaussianBlur(x, 1.5)), bpdOf(net.apply(params, x))]
    })
    expect(both?.bpd).toBeCloseTo(shown ?? NaN, 5)
    expect(Math.abs((shown ?? NaN) - (unrounded ?? NaN))).toBeGreaterThan(1e-4)
  })
})
