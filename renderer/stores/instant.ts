import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { FrameView, InstantEstimate } from '../../contract'
import { call } from '../api'
import { INSTANT_FRAME } from '../presentation/wayStops'
import { useEngine } from './engine'
import { useOpenCase } from './openCase'

/** The estimate of the open film's counterpart that is there before any audit. It gives way to the audit's first usable picture. */
export const useInstant = defineStore('instant', () => {
  const engine = useEngine()
  const openCase = useOpenCase()
  const estimate = shallowRef<InstantEstimate | null>(null)
  /** It is being computed for the film on screen. */
  const pending = ref(false)
  /** Counts openings: an answer for another case, or for the classifier of before, is not taken. */
  let opening = 0

  /** Shown as long as no audit has given a usable picture; a picture that costs no less than the film is no simpler one. */
  const shown = computed(() => {
    const { audit, liveAudit } = openCase
    const isSimpler = estimate.value !== null && estimate.value.bitsLeft < 1
    return audit || liveAudit?.usable || !isSimpler ? null : estimate.value
  })
  const audited = computed(() => openCase.detail?.audit != null)
  const view = computed<FrameView | null>(() =>
    shown.value ? { frame: INSTANT_FRAME, picture: shown.value.picture, map: shown.value.map } : null,
  )

  async function want(): Promise<void> {
    const id = openCase.caseId
    if (!id || audited.value) return
    const mine = opening
    // An estimate that cannot be had is not missed: the audit does without it, and says what is wrong if something is.
    pending.value = true
    const found = await call('instantEstimate', { caseId: id }).catch(() => null)
    if (mine !== opening) return
    pending.value = false
    estimate.value = found
  }

  watch(
    () => [openCase.caseId, openCase.state, engine.state.state, audited.value] as const,
    ([id, state, ready], before) => {
      // The same case may have been opened again, because another classifier decides. After an audit it is worth nothing any more.
      if (id !== before?.[0] || state !== 'ready' || audited.value) {
        opening += 1
        pending.value = false
        estimate.value = null
      }
      if (state === 'ready' && ready === 'ready' && estimate.value === null) void want()
    },
    { immediate: true },
  )

  return { shown, pending, view }
})
