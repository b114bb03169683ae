import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { MeasurementKind, Voi } from '../../contract'
import { percentileWindow } from '../../contract/shared'
import { MAP_MODES, type FilmPane, type MapMode } from '../presentation/panes'
import {
  fittedView,
  flipped,
  geometryOf,
  turnedBy,
  UPRIGHT,
  windowOver,
  type FilmPoint,
  type Turn,
  type View,
} from '../viewer'
import { useOpenCase } from './openCase'
import { useSettings } from './settings'

export type Tool = 'window' | 'pan' | 'zoom' | 'lens' | MeasurementKind

interface VoiPreset {
  readonly name: string
  readonly voi: Voi
}

const MAP_MODE = 'mapMode'

/** The model's 8-bit pictures as they are. */
export const allLevels = windowOver(0, 255)

/** A negative rescale slope turns the order of the values round. */
const ascending = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a])

/** How the viewports show their pictures, whichever stand on the stage (stores/scene.ts): linked view, window and level, tools, map mode, overlay. */
export const useStage = defineStore('stage', () => {
  const openCase = useOpenCase()
  const settings = useSettings()
  const toolInHand = ref<Tool>('window')
  /** Counts choices of a tool, also of the one that was chosen already: whatever stands in a tool's way gives way. */
  const toolChoices = ref(0)
  const tool = computed<Tool>({
    get: () => toolInHand.value,
    set(chosen) {
      toolInHand.value = chosen
      toolChoices.value += 1
    },
  })
  const view = shallowRef<View>({ zoom: 1, centre: { x: 0, y: 0 }, turn: UPRIGHT })
  const filmVoi = shallowRef<Voi>(allLevels)
  const pictureVoi = shallowRef<Voi>(allLevels)
  const invert = ref(false)
  const truePixels = ref(false)
  const crosshair = ref(true)
  /** Measurements, outlines, frames and cross-hair over the pictures; hidden, the film is seen as it is. */
  const annotations = ref(true)
  const modelView = ref(false)
  const flicker = ref(false)
  /** Remembered from start to start. */
  const mapMode = computed<MapMode>({
    get: () => MAP_MODES.find((mode) => mode === settings.layout[MAP_MODE]) ?? 'kept',
    set: (mode) => settings.remember(MAP_MODE, mode),
  })
  const overlay = ref(0)
  /** Where the map's colours end, as a share of their usual range; dragging in the map changes it. */
  const mapReach = ref(1)
  /** The colours end where the shown map does, instead of where the film's does: more contrast, but maps no longer compare. */
  const fitColours = ref(false)
  /** The same of the detail left, of which so little is left mostly that colours up to all of it would be nearly black. */
  const fitDetail = ref(true)
  /** The viewport used last: the one that is kept as a key image, or stands alone. */
  const activePane = ref<FilmPane>('film')
  const cursor = shallowRef<FilmPoint | null>(null)
  const moving = ref(false)
  /** The key of the magnifying glass is held. */
  const lensHeld = ref(false)
  const lensFactor = ref(2)

  const geometry = computed(() =>
    openCase.detail ? geometryOf(openCase.detail.header, openCase.detail.modelInput.record) : null,
  )

  /** The file's own presets in its order, then a robust window and the full range. */
  const presets = computed<VoiPreset[]>(() => {
    const { detail, pyramid } = openCase
    const pixels = pyramid?.[0]?.pixels
    if (!detail || !pixels) return []
    const { header } = detail
    const modality = (stored: number) => stored * header.slope + header.intercept
    const own = header.voi.map((voi, i) => ({ name: voi.explanation || `File preset ${i + 1}`, voi }))
    return [
      ...own,
      { name: 'Robust (1–99 %)', voi: percentileWindow({ header, pixels }) },
      { name: 'Full range', voi: windowOver(...ascending(modality(header.minPixel), modality(header.maxPixel))) },
    ]
  })

  /** The whole film on screen, as it is turned now. */
  const fit = () => show(view.value.turn)
  const turn = (by: 1 | -1) => show(turnedBy(view.value.turn, by))
  const flip = (axis: 'leftRight' | 'upDown') => show(flipped(view.value.turn, axis))

  function show(turned: Turn): void {
    if (geometry.value) view.value = fittedView(geometry.value, turned)
  }

  function reset(): void {
    show(UPRIGHT)
    filmVoi.value = presets.value[0]?.voi ?? allLevels
    pictureVoi.value = allLevels
    mapReach.value = 1
    invert.value = false
  }

  function cycleMap(): void {
    mapMode.value = MAP_MODES[(MAP_MODES.indexOf(mapMode.value) + 1) % MAP_MODES.length] ?? 'kept'
  }

  watch(
    () => openCase.pyramid,
    (pyramid) => {
      cursor.value = null
      annotations.value = true
      fitColours.value = false
      fitDetail.value = true
      if (pyramid) reset()
    },
    { flush: 'sync' },
  )

  return {
    tool,
    toolChoices,
    view,
    filmVoi,
    pictureVoi,
    invert,
    truePixels,
    crosshair,
    annotations,
    modelView,
    flicker,
    mapMode,
    overlay,
    mapReach,
    fitColours,
    fitDetail,
    activePane,
    cursor,
    moving,
    lensHeld,
    lensFactor,
    geometry,
    presets,
    fit,
    turn,
    flip,
    reset,
    cycleMap,
  }
})
