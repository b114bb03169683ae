import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import type { Params } from '../../../engine/tensor'
import { writeAtomic } from '../../files'
import { decodeSafetensors, encodeSafetensors, toStored } from '../../tensors'
import { disposeTrained, type Trained } from './training'
import type { Validated } from './validate'

const FILE = 'checkpoint.safetensors'
const PARTS = ['simplifier', 'classifier'] as const
const notes = z.object({ step: z.coerce.number().int(), bpd: z.coerce.number() })

/**
 * Of a training's checkpoints, the one of fewest bits that still tells simplified and original validation pictures about as
 * well as a classifier trained on originals. A long training under pressure does not stop where it is best: what it
 * gives up last are the bits of the label. It lies on disk, so that a run that was cut off chooses as a whole one does.
 */
export class KeptCheckpoint {
  private readonly path: string

  /** @param least accuracy that both kinds of pictures must reach, 0–1 */
  constructor(
    folder: string,
    private readonly least: number,
  ) {
    this.path = join(folder, FILE)
  }

  /** Keeps these weights where they are good enough, and of fewer bits than those kept so far. They stay the caller's. */
  async offer(step: number, trained: Trained, { bpd, original, simplified }: Validated): Promise<void> {
    if (Math.min(original.accuracy, simplified.accuracy) < this.least) return
    const before = await this.read()
    if (before && before.bpd <= bpd) return
    const tensors = Object.fromEntries(
      PARTS.flatMap((part) => Object.entries(toStored(trained[part].params, `${part}.`))),
    )
    await writeAtomic(this.path, encodeSafetensors(tensors, { step: String(step), bpd: String(bpd) }))
  }

  /**
   * What was kept, in place of the weights at the training's end; those where nothing was good enough.
   *
   * @param last taken over: disposed where others are returned
   * @returns the weights, the caller's, and the step they are of; no step where they are the last ones
   */
  async orLast(last: Trained): Promise<{ trained: Trained; step?: number }> {
    const found = await this.read()
    if (!found) return { trained: last }
    const of = (part: (typeof PARTS)[number]): Params =>
      Object.fromEntries(
        Object.entries(found.tensors)
          .filter(([name]) => name.startsWith(`${part}.`))
          .map(([name, { shape, data }]) => [
            name.slice(part.length + 1),
            tf.tensor(Float32Array.from(data), [...shape]),
          ]),
      )
    const trained = {
      simplifier: { net: last.simplifier.net, params: of('simplifier') },
      classifier: { net: last.classifier.net, params: of('classifier') },
      skipped: last.skipped,
    }
    disposeTrained(last)
    return { trained, step: found.step }
  }

  private async read() {
    if (!existsSync(this.path)) return null
    const { tensors, metadata } = decodeSafetensors(await readFile(this.path), FILE)
    return { tensors, ...notes.parse(metadata) }
  }
}
