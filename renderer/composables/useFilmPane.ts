import type { Pane } from '../presentation/panes'
import { useOpenCase } from '../stores/openCase'
import { useStage } from '../stores/stage'
import { useLinkedViewport, type ViewportSource } from './useLinkedViewport'
import { usePaneTools } from './usePaneTools'

/**
 * A viewport of the open film, linked with all others of it, and the mouse in it.
 *
 * @param mouseAs the audit's pane whose drags do here what they do there: grey pictures are windowed, maps rescaled
 */
export function useFilmPane(source: Pick<ViewportSource, 'name' | 'layersOn' | 'onChange'>, mouseAs: Pane) {
  const openCase = useOpenCase()
  const stage = useStage()
  const linked = useLinkedViewport({
    ...source,
    film: () => openCase.pyramid,
    geometry: () => stage.geometry,
    view: () => stage.view,
  })
  const tools = usePaneTools(mouseAs, linked.viewport)
  return { linked, tools, viewport: linked.viewport, size: linked.size, pointer: tools.pointer }
}
