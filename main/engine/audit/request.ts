import type { Progress } from '../progress'
import type { AuditOutcome, AuditPoint } from './outcome'
import type { AuditSettings } from './presets'
import type { JpegRoundTrip } from './rivals'
import type { SearchModels } from './searchModels'

/** What a whole audit needs: beside the search's, the codec of its JPEG rival. */
export interface AuditDependencies extends SearchModels {
  readonly jpeg: JpegRoundTrip
}

export interface AuditRequest {
  /** Grey levels of the model's picture of the film, row-major, size × size. */
  readonly filmLevels: Uint8Array
  readonly preset: 'quick' | 'standard' | 'thorough'
  readonly objective: 'activation' | 'gradient'
  readonly seed: number
  /** Search again from two further seeds, for the certificate's repeatability. */
  readonly repeat: boolean
  /** Grey levels of a first guess at the counterpart: the search starts from it instead of from the film. */
  readonly guess?: Uint8Array | null
  /** 1 where the film's pixels stay as they are, row-major, size × size; null or absent: all may change. */
  readonly keep?: Uint8Array | null
  /** In place of the preset's. */
  readonly settings?: AuditSettings
}

export type AuditEvent =
  | {
      readonly kind: 'started'
      readonly originalMap: Float32Array
      readonly originalBits: number
      readonly originalBpd: number
      readonly originalProbability: number
      readonly originalMatchingDistance: number
      readonly flatBits: number
      readonly flatMap: Float32Array
      readonly threshold: number
    }
  | {
      readonly kind: 'point'
      readonly point: AuditPoint
      readonly picture: Uint8Array
      readonly map: Float32Array
      /** `DetailLeft.map`. */
      readonly detail: Uint8Array
      /** Whether it may take the instant estimate's place. */
      readonly usable: boolean
    }
  | { readonly kind: 'progress'; readonly progress: Progress }

export interface AuditControl {
  readonly onEvent?: (event: AuditEvent) => void
  /** Once aborted, the audit ends within about a second with what it has. */
  readonly signal?: { readonly aborted: boolean }
}

export interface PictureAudit {
  readonly outcome: AuditOutcome
  /** Levels of the stops, one after the other, [stops · size²]; `PathPoint.frame` is the index. */
  readonly pictures: Uint8Array
  /** Bits per pixel of the stops, [stops · size²]. */
  readonly maps: Float32Array
  /** `DetailLeft.map` of the stops, [stops · size²]. */
  readonly details: Uint8Array
  readonly originalMap: Float32Array
  /** Bits per pixel of the flat picture that `flatBits` are of. */
  readonly flatMap: Float32Array
  readonly simplifiedMap: Float32Array
  readonly simplifiedPicture: Uint8Array
  /** `fineDetailLeft` of the simplified picture. */
  readonly fineDetail: Uint8Array
}
