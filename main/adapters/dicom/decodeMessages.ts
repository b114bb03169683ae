import type { Film, WireError } from '../../../contract'

/** What pool and worker say to each other; both are built from one source, so nothing is checked on arrival. */
export interface DecodeRequest {
  readonly path: string
}

export type DecodeReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'film'; readonly film: Film }
  | { readonly kind: 'error'; readonly error: WireError; readonly detail: string }
