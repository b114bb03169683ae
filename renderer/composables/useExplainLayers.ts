import type { ExplainPane } from '../presentation/panes'
import { useMethodStage } from '../stores/methodStage'
import { useStage } from '../stores/stage'
import { GridLayer, levelWords, type FilmGeometry, type Layer } from '../viewer'

/** The layers of one of the explanations' viewports, over one film's plane, as the stores say. */
export function useExplainLayers(pane: ExplainPane, geometry: FilmGeometry): () => Layer[] {
  const methodStage = useMethodStage()
  const stage = useStage()
  const grid = new GridLayer(geometry)

  function layers(): Layer[] {
    const picture = methodStage.pictureOf(pane)
    const map = methodStage.mapOf(pane)
    if (picture) {
      const words = levelWords(stage.pictureVoi, stage.invert)
      grid.fill((index) => words[picture[index] ?? 0] ?? 0)
    } else if (map) grid.fill(methodStage.wordsOf(map))
    else return []
    grid.smooth = !stage.truePixels
    return [grid]
  }

  return layers
}
