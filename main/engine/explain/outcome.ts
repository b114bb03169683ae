import type { Progress } from '../progress'
import type { Faithfulness } from './faithfulness'
import type { MethodName } from './methods'

/** What is found out about explanations, in the words of contract/explain.ts (which this room may not import). */
export interface MethodRow extends Faithfulness {
  readonly method: MethodName
  /** How like its map with shuffled weights is, where that was asked: a map of the model should not survive it. */
  readonly randomised: { readonly spearman: number; readonly ssim: number } | null
  /** Mean rank correlation of its maps under different noises, where that was asked. */
  readonly repeatability: number | null
  /** For the map alone; null where it was made elsewhere. */
  readonly seconds: number | null
}

export type ExplainEvent =
  | { readonly kind: 'map'; readonly method: MethodName; readonly map: Float32Array; readonly decision: boolean }
  | { readonly kind: 'row'; readonly row: MethodRow }
  | { readonly kind: 'progress'; readonly progress: Progress }

export interface ExplainedFilm {
  readonly decision: boolean
  readonly maps: { readonly method: MethodName; readonly map: Float32Array }[]
  readonly rows: MethodRow[]
  readonly stopped: 'finished' | 'cancelled'
  readonly seconds: number
}
