import type { FilmPane, Pane } from '../presentation/panes'
import { useOpenCase } from '../stores/openCase'
import { useStage } from '../stores/stage'
import { shownViewports, type ShownViewport } from './shownViewports'
import { useLinkedViewport, type ViewportSource } from './useLinkedViewport'
import { usePaneTools } from './usePaneTools'

interface FilmPaneSource extends Pick<ViewportSource, 'layersOn'>, Pick<ShownViewport, 'kept'> {
  readonly name: FilmPane
  /** The audit's pane whose drags do here what they do there: grey pictures are windowed, maps rescaled. */
  readonly mouseAs: Pane
}

/** A viewport of the open film, linked with all others of it, and the mouse in it. */
export function useFilmPane({ name, mouseAs, layersOn, kept }: FilmPaneSource) {
  const openCase = useOpenCase()
  const stage = useStage()
  const linked = useLinkedViewport({
    name,
    layersOn,
    film: () => openCase.pyramid,
    geometry: () => stage.geometry,
    view: () => stage.view,
    onChange(now, before) {
      if (now) shownViewports.set(name, { viewport: now, kept })
      else if (shownViewports.get(name)?.viewport === before) shownViewports.delete(name)
    },
  })
  const tools = usePaneTools({ name, mouseAs }, linked.viewport)
  return { linked, tools, viewport: linked.viewport, size: linked.size, pointer: tools.pointer }
}
