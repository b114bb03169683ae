import { useBitMap } from '../stores/bitMap'
import { useMethodStage } from '../stores/methodStage'
import { useOpenCase } from '../stores/openCase'
import { useStage, type Pane } from '../stores/stage'
import { useWay } from '../stores/way'
import { useWindowing } from '../stores/windowing'
import { FilmLayer, GridLayer, levelWords, type FilmGeometry, type Layer } from '../viewer'

/** The layers of one of the audit's viewports, over one film's plane, as the stores say. */
export function usePaneLayers(pane: Pane, geometry: FilmGeometry): () => Layer[] {
  const bitMap = useBitMap()
  const methodStage = useMethodStage()
  const openCase = useOpenCase()
  const stage = useStage()
  const way = useWay()
  const windowing = useWindowing()
  const { detail, pyramid } = openCase
  const film = detail && pyramid ? new FilmLayer(detail.header, pyramid, stage.filmVoi) : null
  const picture = new GridLayer(geometry)
  const map = new GridLayer(geometry)

  /** The 128-pixel picture this pane shows now, or null where it shows the film itself or nothing. */
  function pictureLevels(): Uint8Array | null {
    const modelInput = detail?.modelInput.pixels ?? null
    const simplified = way.view?.picture ?? null
    if (pane === 'film') {
      if (stage.flicker && simplified) return simplified
      return stage.modelView ? modelInput : null
    }
    return stage.flicker ? modelInput : simplified
  }

  function fillPicture(levels: Uint8Array): void {
    const voi = pane === 'simplified' ? windowing.voiOf(pane) : stage.pictureVoi
    const words = levelWords(voi, stage.invert)
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
    const levels = pictureLevels()
    if (levels) fillPicture(levels)
    else if (pane === 'simplified' || !film) return []
    else Object.assign(film, { voi: stage.filmVoi, invert: stage.invert, smooth: !stage.truePixels })
    return [levels || !film ? picture : film, ...mapLayers(stage.overlay)]
  }

  return layers
}
