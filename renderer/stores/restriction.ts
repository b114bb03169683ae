import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { AuditRestriction } from '../../contract'
import { restrictionChoices } from '../presentation/zoneWords'
import { MODEL_SIDE, type FilmPoint } from '../viewer'
import { useOpenCase } from './openCase'

/** Which part of the picture the next audit may simplify: a zone, or what was brushed on the stage. */
export const useRestriction = defineStore('restriction', () => {
  const openCase = useOpenCase()
  const mode = ref<'keep' | 'only'>('keep')
  /** A choice of `restrictionChoices`, or `brush`; null: the whole picture. */
  const choice = ref<string | null>(null)
  const brushing = ref(false)
  /** Radius of the brush in model pixels. */
  const radius = ref(5)
  /** 1 where brushed, row-major [128 · 128]; null: nothing. */
  const mask = shallowRef<Uint8Array | null>(null)

  const brushedPixels = computed(() => mask.value?.reduce((sum, is) => sum + is, 0) ?? 0)
  const value = computed<AuditRestriction | null>(() => {
    if (choice.value === 'brush') {
      return mask.value && brushedPixels.value > 0 ? { mode: mode.value, zones: [], mask: mask.value } : null
    }
    const known = restrictionChoices.find((entry) => entry.value === choice.value)
    return known ? { mode: mode.value, zones: [...known.zones], mask: null } : null
  })

  /** Paints (or erases) a disc around a point in model pixels. */
  function paint(at: FilmPoint, erase: boolean): void {
    const next = mask.value?.slice() ?? new Uint8Array(MODEL_SIDE * MODEL_SIDE)
    const reach = radius.value
    for (let y = Math.max(0, Math.floor(at.y - reach)); y <= Math.min(MODEL_SIDE - 1, at.y + reach); y++)
      for (let x = Math.max(0, Math.floor(at.x - reach)); x <= Math.min(MODEL_SIDE - 1, at.x + reach); x++)
        if (Math.hypot(x + 0.5 - at.x, y + 0.5 - at.y) <= reach) next[y * MODEL_SIDE + x] = erase ? 0 : 1
    mask.value = next
  }

  function clear(): void {
    mask.value = null
  }

  watch(choice, (now) => (brushing.value = now === 'brush'))
  watch(
    () => openCase.caseId,
    () => {
      choice.value = null
      clear()
    },
  )

  return { mode, choice, brushing, radius, mask, brushedPixels, value, paint, clear }
})
