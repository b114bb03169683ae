import type { Film, WireError } from '../../../contract'
import type { FilmInput } from '../../ports'
import type { DicomDir } from './dicomDir'

/** What pool and worker say to each other; both are built from one source, so nothing is checked on arrival. */
export interface DecodeRequest {
  readonly path: string
  /** Of an enciphered file. */
  readonly key: Uint8Array | null
  /** The whole film, or only what the model sees of it; or the files that a DICOMDIR names. */
  readonly want: 'film' | 'input' | 'index'
}

export type DecodeReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'film'; readonly film: Film }
  | ({ readonly kind: 'input' } & FilmInput)
  /** Null: it cannot be read. */
  | { readonly kind: 'index'; readonly index: DicomDir | null }
  | { readonly kind: 'error'; readonly error: WireError; readonly detail: string }
