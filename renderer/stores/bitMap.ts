import { defineStore } from 'pinia'
import { computed } from 'vue'
import {
  averagedMap,
  bitScale,
  colourIndex,
  detailScale,
  detailShares,
  FILM_FRAME,
  MODEL_SIZE,
  removedMap,
  type BitScale,
} from '../../contract/shared'
import { colourTable, signedRangeOf, type ColourMapName } from '../viewer'
import { useStage } from './stage'
import { useWay } from './way'

interface ShownMap {
  /**
   * 128 × 128: bits per pixel, averaged over neighbours unless true pixels are asked for; or shares of the film's detail, 0 … 1,
   * which are smooth by themselves.
   */
  readonly map: Float32Array
  readonly range: BitScale
  readonly colours: ColourMapName
}

const tables = { sequential: colourTable('sequential'), diverging: colourTable('diverging') }

/** Moving along the way asks for the same maps again and again. */
function remembered<M extends object>(make: (map: M) => Float32Array): (map: M) => Float32Array {
  const made = new WeakMap<M, Float32Array>()
  return (map) => {
    const known = made.get(map) ?? make(map)
    made.set(map, known)
    return known
  }
}

const averaged = remembered((map: Float32Array) => averagedMap(map))
const sharesOf = remembered(detailShares)
/** Of the film itself. */
const ALL_DETAIL = new Float32Array(MODEL_SIZE ** 2).fill(1)

/** The map that the knob and the detail/kept/removed/original switch select, with its colour scale. */
export const useBitMap = defineStore('bitMap', () => {
  const stage = useStage()
  const way = useWay()
  const asShown = (map: Float32Array) => (stage.truePixels ? map : averaged(map))
  const originalMap = computed(() => (way.originalView ? asShown(way.originalView.map) : null))
  const originalRange = computed(() => (originalMap.value ? reached(bitScale(originalMap.value)) : null))
  const reached = ({ low, high }: BitScale): BitScale => ({ low: low * stage.mapReach, high: high * stage.mapReach })

  /** Share of the film's detail that the picture on screen has left, 0 … 1; null where that is not known. */
  const detail = computed(() => {
    if (way.view?.frame === FILM_FRAME) return ALL_DETAIL
    return way.view?.detail ? sharesOf(way.view.detail) : null
  })

  const shown = computed<ShownMap | null>(() => {
    if (stage.mapMode === 'detail') {
      if (!detail.value) return null
      const fitted = way.view?.detail && stage.fitDetail ? detailScale(way.view.detail).high : 1
      // No share lies beyond all of it.
      const range = { low: 0, high: Math.min(1, fitted * stage.mapReach) }
      return { map: detail.value, range, colours: 'sequential' }
    }
    const original = originalMap.value
    const range = originalRange.value
    if (!original || !range) return null
    if (stage.mapMode === 'original') return { map: original, range, colours: 'sequential' }
    const kept = way.view ? asShown(way.view.map) : null
    if (!kept) return null
    // Kept and original share one scale, so that their colours can be compared, unless contrast is asked for instead.
    if (stage.mapMode === 'kept')
      return { map: kept, range: stage.fitColours ? reached(bitScale(kept)) : range, colours: 'sequential' }
    const map = removedMap(original, kept)
    return { map, range: reached(signedRangeOf(map)), colours: 'diverging' }
  })

  const words = computed(() => {
    const current = shown.value
    if (!current) return null
    const table = tables[current.colours]
    return (index: number) => table[colourIndex(current.map[index] ?? 0, current.range)] ?? 0
  })

  return { detail, shown, words }
})
