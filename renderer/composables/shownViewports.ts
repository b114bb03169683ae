import type { Pane } from '../stores/stage'
import type { LinkedViewport } from '../viewer'

/** The viewports on screen by pane: what a key image is taken of. Not reactive. */
export const shownViewports = new Map<Pane, LinkedViewport>()
