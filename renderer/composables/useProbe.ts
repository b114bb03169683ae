import { computed } from 'vue'
import { MODEL_SIZE } from '../../contract/shared'
import { detailLeftWords } from '../presentation/detailWords'
import { figure } from '../presentation/words'
import { useBitMap } from '../stores/bitMap'
import { useOpenCase } from '../stores/openCase'
import { useStage } from '../stores/stage'
import { useWay } from '../stores/way'
import { filmToModel, indexAt } from '../viewer'

const modelGrid = { width: MODEL_SIZE, height: MODEL_SIZE }

/** What lies under the cursor in all three pictures: values of the film, levels of the model's pictures, bits, detail left. */
export function useProbe() {
  const bitMap = useBitMap()
  const openCase = useOpenCase()
  const stage = useStage()
  const way = useWay()

  return computed(() => {
    const { cursor, geometry } = stage
    const { detail, pyramid } = openCase
    if (!cursor || !geometry || !detail || !pyramid) return null
    const onFilm = indexAt(geometry, cursor)
    const inModel = indexAt(modelGrid, filmToModel(geometry, cursor))
    const stored = onFilm === null ? undefined : pyramid[0]?.pixels[onFilm]
    const at = (grid: ArrayLike<number> | undefined) => (inModel === null ? undefined : grid?.[inModel])
    const original = at(way.originalView?.map)
    const kept = at(way.view?.map)
    const detailLeft = at(bitMap.detail ?? undefined)
    const bits = (value: number | undefined) => (value === undefined ? null : `${figure(value, 2)} bits`)
    const value = stored === undefined ? null : stored * detail.header.slope + detail.header.intercept
    return {
      place: onFilm === null ? 'outside the film' : `${Math.floor(cursor.x)}, ${Math.floor(cursor.y)}`,
      value: value === null ? null : figure(value, Number.isInteger(value) ? 0 : 1),
      modelLevel: at(detail.modelInput.pixels) ?? null,
      simplifiedLevel: at(way.view?.picture) ?? null,
      original: bits(original),
      kept: bits(kept),
      detail: detailLeft === undefined ? null : detailLeftWords(detailLeft),
      removed: original === undefined || kept === undefined ? null : bits(original - kept),
    }
  })
}
