import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Voi } from '../../contract'
import { fittedView, geometryOf, robustRange, windowOver, type FilmPoint, type View } from '../viewer'
import { useOpenCase } from './openCase'

export type Pane = 'film' | 'simplified' | 'bitmap'
export type Tool = 'window' | 'pan' | 'zoom' | 'length'
export type MapMode = 'kept' | 'removed' | 'original'

export interface Measurement {
  readonly id: number
  readonly from: FilmPoint
  readonly to: FilmPoint
}

export interface VoiPreset {
  readonly name: string
  readonly voi: Voi
}

/** The model's 8-bit pictures as they are. */
const allLevels = windowOver(0, 255)

const panes: readonly Pane[] = ['film', 'simplified', 'bitmap']

/** What the three viewports show and how: linked view, window and level, tools, map mode, overlay. */
export const useStage = defineStore('stage', () => {
  const openCase = useOpenCase()
  const tool = ref<Tool>('window')
  const view = shallowRef<View>({ zoom: 1, centre: { x: 0, y: 0 } })
  const filmVoi = shallowRef<Voi>(allLevels)
  const pictureVoi = shallowRef<Voi>(allLevels)
  const invert = ref(false)
  const truePixels = ref(false)
  const crosshair = ref(true)
  const modelView = ref(false)
  const flicker = ref(false)
  const mapMode = ref<MapMode>('kept')
  const overlay = ref(0)
  /** Where the bit map's colours end, as a share of their usual range; dragging in the map changes it. */
  const mapReach = ref(1)
  const paneCount = ref<1 | 2 | 3>(3)
  const activePane = ref<Pane>('film')
  const cursor = shallowRef<FilmPoint | null>(null)
  const measurements = shallowRef<readonly Measurement[]>([])
  const moving = ref(false)
  let nextMeasurement = 1

  const geometry = computed(() =>
    openCase.detail ? geometryOf(openCase.detail.header, openCase.detail.modelInput.record) : null,
  )

  /** The file's own presets in its order, then a robust window and the full range. */
  const presets = computed<VoiPreset[]>(() => {
    const { detail, pyramid } = openCase
    if (!detail || !pyramid) return []
    const { header } = detail
    const modality = (stored: number) => stored * header.slope + header.intercept
    const [low, high] = robustRange(pyramid, [0.01, 0.99], header.padding)
    const own = header.voi.map((voi, i) => ({ name: voi.explanation || `File preset ${i + 1}`, voi }))
    return [
      ...own,
      { name: 'Robust (1–99 %)', voi: windowOver(modality(low), modality(high)) },
      { name: 'Full range', voi: windowOver(modality(header.minPixel), modality(header.maxPixel)) },
    ]
  })

  const shownPanes = computed<readonly Pane[]>(() => {
    if (paneCount.value === 3) return panes
    if (paneCount.value === 1) return [activePane.value]
    return activePane.value === 'bitmap' ? ['film', 'bitmap'] : ['film', 'simplified']
  })

  function fit(): void {
    if (geometry.value) view.value = fittedView(geometry.value)
  }

  function reset(): void {
    fit()
    filmVoi.value = presets.value[0]?.voi ?? allLevels
    pictureVoi.value = allLevels
    mapReach.value = 1
    invert.value = false
    measurements.value = []
  }

  function maximise(pane: Pane): void {
    paneCount.value = paneCount.value === 1 ? 3 : 1
    activePane.value = pane
  }

  function cycleMap(): void {
    const modes: readonly MapMode[] = ['kept', 'removed', 'original']
    mapMode.value = modes[(modes.indexOf(mapMode.value) + 1) % modes.length] ?? 'kept'
  }

  function addMeasurement(from: FilmPoint, to: FilmPoint): void {
    measurements.value = [...measurements.value, { id: nextMeasurement++, from, to }]
  }

  watch(
    () => openCase.pyramid,
    (pyramid) => {
      cursor.value = null
      if (pyramid) reset()
    },
    { flush: 'sync' },
  )

  return {
    ...{
      tool,
      view,
      filmVoi,
      pictureVoi,
      invert,
      truePixels,
      crosshair,
      modelView,
      flicker,
      mapMode,
      overlay,
      mapReach,
    },
    ...{ paneCount, activePane, cursor, measurements, moving, geometry, presets, shownPanes },
    ...{ fit, reset, maximise, cycleMap, addMeasurement },
  }
})
