import * as tf from '@tensorflow/tfjs-core'
import type { AuditedNetwork, AuditSettings } from '../../main/engine/audit'
import type { AuditDependencies } from '../../main/engine/audit/request'
import { disposeFlow, initFlow, initialiseActnorms, prepareFlow, toFlowRange } from '../../main/engine/flow'
import { seededRng, type Rng } from '../../main/engine/rng'
import { plainConvNet } from '../../main/engine/selfcheck/plainConvNet'
import { disposeParams } from '../../main/engine/tensor'

export const TINY_SIZE = 16

/** A whole audit on 16 × 16 pixels: a flow started on smooth pictures, a small random classifier. Seconds, not minutes. */
export function tinyAudit(): { dependencies: AuditDependencies; picture: Uint8Array; dispose: () => void } {
  const rng = seededRng(7)
  const config = { size: TINY_SIZE, channels: 1, levels: 2, steps: 2, hidden: 8, coupling: 'affine' } as const
  const params = initFlow(config, rng)
  const pictures = Array.from({ length: 32 }, () => smoothPicture(rng))
  const flow = tf.tidy(() => {
    const batch = tf.tensor4d(Float32Array.from(pictures.flatMap((p) => [...p])), [32, TINY_SIZE, TINY_SIZE, 1])
    const noise = tf.tensor4d(rng.uniformArray(batch.size), batch.shape)
    const started = initialiseActnorms(config, params, toFlowRange(tf.div(tf.add(batch, noise), 255)))
    return prepareFlow(config, started) as never
  }) as ReturnType<typeof prepareFlow>
  disposeParams(params)
  const network = tinyNetwork(rng)
  let now = 0
  return {
    dependencies: { flow, network, jpeg: coarse, now: () => (now += 10) },
    picture: smoothPicture(rng),
    dispose() {
      disposeFlow(flow)
      disposeParams(network.weights)
    },
  }
}

export const TINY_SETTINGS: AuditSettings = {
  path: {
    startShares: [0.2, 0.5],
    startNoise: 0.02,
    rate: 0.05,
    finalRate: 0.02,
    beta1: 0.9,
    beta2: 0.99,
    firstPressure: 0.5,
    lastPressure: 3,
    fading: 0.1,
    steps: 20,
    scoreEvery: 5,
  },
  limits: { probability: 0.05, distance: 0.3 },
  noiseDraws: 8,
}

/** A blob and a ramp: levels that neighbouring pixels share, as in a film. */
function smoothPicture(rng: Rng): Uint8Array {
  const [x, y, width] = [rng.uniform() * TINY_SIZE, rng.uniform() * TINY_SIZE, 2 + 4 * rng.uniform()]
  const [height, slope] = [150 * rng.uniform(), 6 * rng.uniform()]
  return Uint8Array.from({ length: TINY_SIZE ** 2 }, (_, i) => {
    const [row, column] = [Math.floor(i / TINY_SIZE), i % TINY_SIZE]
    const distance = ((row - y) ** 2 + (column - x) ** 2) / (2 * width ** 2)
    return Math.round(Math.min(255, 20 + slope * row + height * Math.exp(-distance) + 4 * rng.uniform()))
  })
}

function tinyNetwork(rng: Rng): AuditedNetwork {
  const normal = (shape: number[], scale: number) =>
    tf.tensor(
      rng.normalArray(shape.reduce((a, b) => a * b, 1)).map((value) => value * scale),
      shape,
    )
  const stored = {
    'conv1.weight': normal([6, 1, 3, 3], 0.6),
    'conv1.bias': normal([6], 0.1),
    'conv2.weight': normal([8, 6, 3, 3], 0.3),
    'conv2.bias': normal([8], 0.1),
    'fc.weight': normal([1, 8], 1.5),
    'fc.bias': normal([1], 0.1),
  }
  const network = plainConvNet(stored)
  disposeParams(stored)
  return network
}

/** Stands for a JPEG round trip: fewer grey levels at lower quality. */
function coarse(levels: Uint8Array, quality: number): Uint8Array {
  const step = Math.max(1, Math.round((101 - quality) / 2))
  return levels.map((level) => Math.min(255, Math.round(level / step) * step))
}
