import type { Pane } from '../presentation/panes'
import type { LinkedViewport } from '../viewer'

/** The viewports on screen by pane: what a key image is taken of. Not reactive. */
export const shownViewports = new Map<Pane, LinkedViewport>()
