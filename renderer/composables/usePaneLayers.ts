import type { Pane } from '../presentation/panes'
import { useBitMap } from '../stores/bitMap'
import { useMethodStage } from '../stores/methodStage'
import { useOpenCase } from '../stores/openCase'
import { useStage } from '../stores/stage'
import { useWindowing } from '../stores/windowing'
import { FilmLayer, GridLayer, levelWords, type FilmGeometry, type Layer } from '../viewer'
import { useShownPicture } from './useShownPicture'

/** The layers of one of the audit's viewports, over one film's plane, as the stores say. */
export function usePaneLayers(pane: Pane, geometry: FilmGeometry): () => Layer[] {
  const bitMap = useBitMap()
  const methodStage = useMethodStage()
  const openCase = useOpenCase()
  const stage = useStage()
  const shown = useShownPicture(pane)
  const windowing = useWindowing()
  const { detail, pyramid } = openCase
  const film = detail && pyramid ? new FilmLayer(detail.header, pyramid, stage.filmVoi) : null
  const picture = new GridLayer(geometry)
  const map = new GridLayer(geometry)

  function fillPicture(levels: Uint8Array): void {
    if (pane === 'bitmap') return
    const words = levelWords(windowing.voiOf(pane), stage.invert)
    picture.fill((index) => words[levels[index] ?? 0] ?? 0)
    picture.smooth = !stage.truePixels
  }

  function mapLayers(opacity: number): Layer[] {
    const words = (pane !== 'bitmap' && methodStage.overlayWords) || bitMap.words
    if (!words || opacity === 0) return []
    map.fill(words)
    map.opacity = opacity
    map.smooth = !stage.truePixels
    return [map]
  }

  function layers(): Layer[] {
    if (pane === 'bitmap') return mapLayers(1)
    if (shown.value.kind === 'nothing') return []
    if (shown.value.kind !== 'film') {
      fillPicture(shown.value.levels)
      return [picture, ...mapLayers(stage.overlay)]
    }
    if (!film) return []
    Object.assign(film, { voi: stage.filmVoi, invert: stage.invert, smooth: !stage.truePixels })
    return [film, ...mapLayers(stage.overlay)]
  }

  return layers
}
