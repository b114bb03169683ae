import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { describe, expect, it } from 'vitest'
import { KeptCheckpoint } from '../../../main/adapters/training/experiment/keptCheckpoint'
import { disposeTrained, type Trained } from '../../../main/adapters/training/experiment/training'
import { smallClassifier } from '../../../main/engine/classifier'
import { simplifierNet } from '../../../main/engine/simplify'
import { temporaryFolder } from '../../support/temporaryFolder'

const nets = {
  simplifier: simplifierNet({ size: 8, channels: 1, width: 2 }),
  classifier: smallClassifier({ size: 8, channels: 1, classes: 2, width: 2, stemStride: 2 }),
}
/** Weights that can be told apart. */
const weights = (value: number): Trained => ({
  simplifier: { net: nets.simplifier, params: { multiplier: tf.scalar(value) } },
  classifier: { net: nets.classifier, params: { 'stem.weight': tf.fill([2, 2], -value) } },
  skipped: 0,
})
const shows = (bpd: number, original: number, simplified: number) => ({
  bpd,
  original: { accuracy: original, auc: null },
  simplified: { accuracy: simplified, auc: null },
})

async function afterOffers(offers: readonly ReturnType<typeof shows>[], folder = temporaryFolder()) {
  for (const [i, figures] of offers.entries()) {
    const trained = weights(i + 1)
    // as after a kill: what was kept is known from the folder alone
    await new KeptCheckpoint(folder, 0.8).offer(10 * (i + 1), trained, figures)
    disposeTrained(trained)
  }
  const { trained, step } = await new KeptCheckpoint(folder, 0.8).orLast(weights(99))
  const [simplifier, classifier] = [trained.simplifier.params, trained.classifier.params].map((params) =>
    Object.entries(params).map(([name, tensor]) => [name, tensor.shape, tensor.dataSync()[0]]),
  )
  disposeTrained(trained)
  return { step, simplifier, classifier }
}

describe('the checkpoint that is kept', () => {
  it('is the one of fewest bits that tells simplified and original pictures', async () => {
    const before = tf.memory().numTensors
    const offers = [
      shows(2.5, 0.9, 0.9),
      shows(1.9, 0.85, 0.8),
      shows(1.2, 0.9, 0.5),
      shows(1.1, 0.79, 0.9),
      shows(2, 0.9, 0.9),
    ]
    expect(await afterOffers(offers)).toEqual({
      step: 20,
      simplifier: [['multiplier', [], 2]],
      classifier: [['stem.weight', [2, 2], -2]],
    })
    expect(tf.memory().numTensors).toBe(before)
  })
  it('is the last one where none was good enough', async () => {
    expect(await afterOffers([shows(1, 0.9, 0.1)])).toMatchObject({
      step: undefined,
      simplifier: [['multiplier', [], 99]],
    })
  })
})
