import { defineStore } from 'pinia'
import { computed } from 'vue'
import { averagedMap, bitScale, colourIndex, removedMap, type BitScale } from '../../contract/shared'
import { colourTable, signedRangeOf, type ColourMapName } from '../viewer'
import { useStage } from './stage'
import { useWay } from './way'

interface ShownMap {
  /** Bits per pixel, 128 × 128; averaged over neighbours unless true pixels are asked for. */
  readonly map: Float32Array
  readonly range: BitScale
  readonly colours: ColourMapName
}

const tables = { sequential: colourTable('sequential'), diverging: colourTable('diverging') }

/** Moving along the way asks for the same maps again and again. */
const averages = new WeakMap<Float32Array, Float32Array>()

function averaged(map: Float32Array): Float32Array {
  const known = averages.get(map) ?? averagedMap(map)
  averages.set(map, known)
  return known
}

/** The bit map that the knob and the kept/removed/original switch select, with its colour scale. */
export const useBitMap = defineStore('bitMap', () => {
  const stage = useStage()
  const way = useWay()
  const asShown = (map: Float32Array) => (stage.truePixels ? map : averaged(map))
  const originalMap = computed(() => (way.originalView ? asShown(way.originalView.map) : null))
  const originalRange = computed(() => (originalMap.value ? reached(bitScale(originalMap.value)) : null))
  const reached = ({ low, high }: BitScale): BitScale => ({ low: low * stage.mapReach, high: high * stage.mapReach })

  const shown = computed<ShownMap | null>(() => {
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

  return { shown, words }
})
