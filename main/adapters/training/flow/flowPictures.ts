import type { Rng } from '../../../engine/rng'
import { filmPictures } from './filmPictures'
import { photoPictures } from './photoPictures'
import type { FlowTrainingConfig } from './trainingConfig'

/** A held-out picture as it is, levels [size · size · channels], and the rows of the card it counts in. */
export interface HeldOutPicture {
  readonly levels: Uint8Array
  readonly groups: readonly string[]
}

/** What a flow is trained on and measured on. */
export interface FlowPictures {
  /** How many pictures the training draws from. */
  readonly trained: number
  /** A training picture, levels [size · size · channels]. */
  draw(rng: Rng): Uint8Array
  readonly heldOut: readonly HeldOutPicture[]
}

/**
 * @param data the data folder
 * @throws SimpleBitsError DATA_MISSING, BAD_REQUEST where the source has no pictures of this size
 */
export function loadFlowPictures(config: FlowTrainingConfig, data: string): Promise<FlowPictures> {
  return config.source === 'photos' ? photoPictures(config, data) : filmPictures(config, data)
}
