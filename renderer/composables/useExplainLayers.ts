import { watch } from 'vue'
import { useMethodStage, type ExplainPane } from '../stores/methodStage'
import { useStage } from '../stores/stage'
import { greyOf, greyWord, GridLayer, type FilmGeometry, type Layer, type LinkedViewport } from '../viewer'

/** Keeps the layers of one of the explanations' viewports in step with the stores. Returns a function that stops it. */
export function useExplainLayers(pane: ExplainPane, viewport: LinkedViewport, geometry: FilmGeometry): () => void {
  const methodStage = useMethodStage()
  const stage = useStage()
  const grid = new GridLayer(geometry)

  function layers(): Layer[] {
    const picture = methodStage.pictureOf(pane)
    const map = methodStage.mapOf(pane)
    if (picture) {
      const words = Uint32Array.from({ length: 256 }, (_, level) => {
        const grey = greyOf(stage.pictureVoi, level)
        return greyWord(Math.round(255 * (stage.invert ? 1 - grey : grey)))
      })
      grid.fill((index) => words[picture[index] ?? 0] ?? 0)
    } else if (map) grid.fill(methodStage.wordsOf(map))
    else return []
    grid.smooth = !stage.truePixels
    return [grid]
  }

  const stops = [
    watch(layers, (now) => viewport.show(now), { immediate: true }),
    watch(
      () => stage.view,
      (view) => viewport.look(view),
      { immediate: true },
    ),
    watch(
      () => stage.moving,
      (moving) => viewport.setMoving(moving),
    ),
  ]
  return () => stops.forEach((stop) => stop())
}
