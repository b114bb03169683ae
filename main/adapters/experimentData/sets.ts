import type { PictureSet } from './pictureSet'

/**
 * Where the part that carries the label lies, and where the distractor: two halves of the picture, or one over the other,
 * where only the clean part's own pictures tell what it costs alone.
 */
export type Parts =
  | { readonly kind: 'halves'; readonly labelled: 'left' | 'right' }
  | { readonly kind: 'overlay'; readonly clean: Uint8Array }

export interface ExperimentSet extends PictureSet {
  readonly parts: Parts | null
}

/** What an experiment trains on, chooses by and reports on. */
export interface ExperimentSets {
  readonly size: number
  readonly channels: 1 | 3
  readonly classNames: readonly string[]
  readonly train: ExperimentSet
  readonly validation: ExperimentSet
  readonly test: ExperimentSet
  /** Every file that was read, relative to the data folder where it lies in there. */
  readonly files: readonly string[]
}

export type SplitName = 'train' | 'validation' | 'test'
export const SPLITS: readonly SplitName[] = ['train', 'validation', 'test']
