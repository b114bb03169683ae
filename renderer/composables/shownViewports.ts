import type { FilmPane } from '../presentation/panes'
import type { LinkedViewport } from '../viewer'
import type { Kept } from './useKeptPane'

/** A viewport on screen, and what of it goes with a key image: null while it shows no picture. */
export interface ShownViewport {
  readonly viewport: LinkedViewport
  readonly kept: () => Kept | null
}

/** The viewports on screen by pane: what a key image is taken of. Not reactive. */
export const shownViewports = new Map<FilmPane, ShownViewport>()
