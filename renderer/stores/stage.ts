import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { MeasurementKind, Voi } from '../../contract'
import { percentileWindow } from '../../contract/shared'
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

export type Pane = 'film' | 'simplified' | 'bitmap'
export type Tool = 'window' | 'pan' | 'zoom' | 'lens' | MeasurementKind
export type MapMode = 'kept' | 'removed' | 'original'

/** Viewports side by side, or the film large with the other two one above the other beside it. */
export type StageArrangement = 1 | 2 | 3 | 'filmLarge'

export interface VoiPreset {
  readonly name: string
  readonly voi: Voi
}

/** The model's 8-bit pictures as they are. */
export const allLevels = windowOver(0, 255)

/** A negative rescale slope turns the order of the values round. */
const ascending = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a])

const FILM_LARGE = 'filmLarge'

const panes: readonly Pane[] = ['film', 'simplified', 'bitmap']

/** What the three viewports show and how: linked view, window and level, tools, map mode, overlay. */
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
  const mapMode = ref<MapMode>('kept')
  const overlay = ref(0)
  /** Where the bit map's colours end, as a share of their usual range; dragging in the map changes it. */
  const mapReach = ref(1)
  /** The colours end where the shown map does, instead of where the film's does: more contrast, but maps no longer compare. */
  const fitColours = ref(false)
  const paneCount = ref<1 | 2 | 3>(3)
  /** An earlier film of the patient takes the place of the other panes, where there is one (stores/prior.ts). */
  const priorBeside = ref(false)
  const activePane = ref<Pane>('film')
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

  const arrangement = computed<StageArrangement>(() =>
    paneCount.value === 3 && settings.layoutFlag(FILM_LARGE, true) ? FILM_LARGE : paneCount.value,
  )

  const shownPanes = computed<readonly Pane[]>(() => {
    if (paneCount.value === 3) return panes
    if (paneCount.value === 1) return [activePane.value]
    return activePane.value === 'bitmap' ? ['film', 'bitmap'] : ['film', 'simplified']
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

  function layOut(wanted: StageArrangement): void {
    paneCount.value = wanted === FILM_LARGE ? 3 : wanted
    if (paneCount.value === 3) settings.remember(FILM_LARGE, wanted === FILM_LARGE)
    priorBeside.value = false
  }

  /** One pane alone, and back to all three as they were. */
  function maximise(pane: Pane): void {
    paneCount.value = paneCount.value === 1 ? 3 : 1
    priorBeside.value = false
    activePane.value = pane
  }

  function cycleMap(): void {
    const modes: readonly MapMode[] = ['kept', 'removed', 'original']
    mapMode.value = modes[(modes.indexOf(mapMode.value) + 1) % modes.length] ?? 'kept'
  }

  watch(
    () => openCase.pyramid,
    (pyramid) => {
      cursor.value = null
      annotations.value = true
      fitColours.value = false
      if (pyramid) reset()
    },
    { flush: 'sync' },
  )

  return {
    ...{
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
    },
    ...{
      paneCount,
      arrangement,
      priorBeside,
      activePane,
      cursor,
      moving,
      lensHeld,
      lensFactor,
      geometry,
      presets,
      shownPanes,
    },
    ...{ fit, turn, flip, reset, layOut, maximise, cycleMap },
  }
})
