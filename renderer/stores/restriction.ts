import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { AuditRestriction } from '../../contract'
import { MODEL_SIZE, restrictionChoices } from '../../contract/shared'
import type { FilmPoint } from '../viewer'
import { useAuditing } from './auditing'
import { useNotices } from './notices'
import { useOpenCase } from './openCase'
import { useShell } from './shell'
import { useStage } from './stage'

/** Which part of the picture the next audit may simplify: a zone, or what was brushed on the stage. */
export const useRestriction = defineStore('restriction', () => {
  const auditing = useAuditing()
  const notices = useNotices()
  const openCase = useOpenCase()
  const shell = useShell()
  const stage = useStage()
  const mode = ref<'keep' | 'only'>('keep')
  /** A choice of `restrictionChoices`, or `brush`; null: the whole picture. */
  const choice = ref<string | null>(null)
  /** Whether the left button paints on the stage. */
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
    const next = mask.value?.slice() ?? new Uint8Array(MODEL_SIZE * MODEL_SIZE)
    const reach = radius.value
    for (let y = Math.max(0, Math.floor(at.y - reach)); y <= Math.min(MODEL_SIZE - 1, at.y + reach); y++)
      for (let x = Math.max(0, Math.floor(at.x - reach)); x <= Math.min(MODEL_SIZE - 1, at.x + reach); x++)
        if (Math.hypot(x + 0.5 - at.x, y + 0.5 - at.y) <= reach) next[y * MODEL_SIZE + x] = erase ? 0 : 1
    mask.value = next
  }

  function clear(): void {
    const [before, { caseId }] = [mask.value, openCase]
    mask.value = null
    notices.offerUndo('What was brushed cleared.', () => {
      if (openCase.caseId !== caseId) throw new Error('What was brushed went when its film was left.')
      mask.value = before
      choice.value = 'brush'
    })
  }

  /** The brush is out of place where its card is not on screen, and while an audit shows its pictures. */
  const isOutOfPlace = computed(() => shell.evidenceTab !== 'evidence' || auditing.active)

  function takeUp(): void {
    brushing.value = choice.value === 'brush' && !isOutOfPlace.value
    // The sheet that is painted on is one of them.
    if (brushing.value) stage.annotations = true
  }

  function layDown(): void {
    brushing.value = false
  }

  watch(choice, takeUp, { flush: 'sync' })
  watch([isOutOfPlace, () => stage.toolChoices], layDown, { flush: 'sync' })
  watch(
    () => openCase.caseId,
    () => {
      choice.value = null
      mask.value = null
    },
  )

  return { mode, choice, brushing, radius, mask, brushedPixels, value, paint, clear, takeUp, layDown }
})
