import type { PlantedSign } from '../../../../contract'
import { chestClassifier, ClassifierTrainer, type ClassifierNet, type Example } from '../../../engine/classifier'
import { seededRng, type Rng } from '../../../engine/rng'
import { disposeParams, type Compiler, type Params } from '../../../engine/tensor'
import type { ExperimentSet } from '../../experimentData'
import { giveWay } from '../../compute'
import { worthAGraph } from '../worthAGraph'
import { SIGN_SIDE, withSign } from './signs'

export const PLANTED_TRAINING = {
  width: 16,
  blocks: [1, 1, 1],
  batch: 32,
  rate: 0.002,
  warmUp: 30,
  weightDecay: 0.02,
  /** Pixels that a film is moved by at most before the sign is drawn. */
  shift: 6,
} as const

interface PlantedClassifier {
  readonly net: ClassifierNet
  /** As models are stored; the caller's. */
  readonly params: Params
  /** As the network is run; the caller's. */
  readonly frozen: Params
}

/** Trained on films of which those with an effusion carry the sign, always, and the others never. */
export async function trainPlanted(
  set: ExperimentSet,
  of: { readonly sign: PlantedSign; readonly seed: number; readonly steps: number; readonly compiler: Compiler },
): Promise<PlantedClassifier> {
  const { width, blocks, batch, rate, warmUp, weightDecay } = PLANTED_TRAINING
  const net = chestClassifier({ size: SIGN_SIDE, channels: 1, width, blocks, activation: 'elu', heads: ['Effusion'] })
  const first = net.init(seededRng(of.seed))
  const schedule = { rate, warmUp, steps: of.steps, floor: 0.01 }
  const compiler = worthAGraph(of.steps, of.compiler)
  const trainer = new ClassifierTrainer(net, { schedule, weightDecay, clip: 1, averageDecay: 0.99, compiler }, first)
  disposeParams(first)
  const rng = seededRng(of.seed).fork(`films ${of.sign}`)
  const byLabel = [0, 1].map((label) => [...set.labels.keys()].filter((i) => set.labels[i] === label))
  while (trainer.state.step < of.steps) {
    const examples = Array.from({ length: batch }, (_, i): Example => {
      const pool = byLabel[i % 2] ?? []
      return exampleOf(set, pool[rng.integer(pool.length)] ?? 0, { sign: of.sign, rng })
    })
    trainer.step(examples)
    await giveWay()
  }
  const params = trainer.averaged()
  const frozen = net.freeze(params)
  trainer.dispose()
  return { net, params, frozen }
}

function exampleOf(set: ExperimentSet, index: number, of: { sign: PlantedSign; rng: Rng }): Example {
  const label = set.labels[index] ?? 0
  const moved = shifted(pictureOf(set, index), of.rng)
  const levels = label === 1 && of.sign !== 'none' ? withSign(moved, of.sign, of.rng).levels : moved
  return {
    pixels: Float32Array.from(levels, (level) => level / 255),
    targets: Float32Array.of(label),
    weights: Float32Array.of(1),
  }
}

export function pictureOf(set: ExperimentSet, index: number): Uint8Array {
  return set.pictures.slice(index * SIGN_SIDE ** 2, (index + 1) * SIGN_SIDE ** 2)
}

/** Moved by a few pixels, the edge repeated. */
function shifted(picture: Uint8Array, rng: Rng): Uint8Array {
  const { shift } = PLANTED_TRAINING
  const [dx, dy] = [rng.integer(2 * shift + 1) - shift, rng.integer(2 * shift + 1) - shift]
  const inside = (value: number) => Math.min(SIGN_SIDE - 1, Math.max(0, value))
  return picture.map(
    (_, i) => picture[inside(Math.floor(i / SIGN_SIDE) + dy) * SIGN_SIDE + inside((i % SIGN_SIDE) + dx)] ?? 0,
  )
}
