import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { FrameView } from '../../contract'
import { reportedPath } from '../../contract/shared'
import { FILM_FRAME } from '../../contract/shared'
import { stopsOf, type Stop, type WaySource } from '../presentation/wayStops'
import { useInstant } from './instant'
import { useOpenCase } from './openCase'

/** The knob: where on the way from the film to its simplest counterpart the screen stands. */
export const useWay = defineStore('way', () => {
  const openCase = useOpenCase()
  const instant = useInstant()
  const position = ref(0)
  /** True until the user moves the knob: then a running audit no longer pulls it along. */
  const following = ref(true)

  const source = computed<WaySource | null>(() => {
    const { liveAudit, audit } = openCase
    if (liveAudit?.original) return { original: liveAudit.original, points: liveAudit.points }
    return audit ? { original: audit.original, points: reportedPath(audit) } : null
  })
  const live = computed(() => openCase.liveAudit?.original != null)
  const threshold = computed(() => {
    const { liveAudit, audit, detail } = openCase
    // A queued audit knows no threshold before it has started.
    return liveAudit?.original ? liveAudit.threshold : (audit?.threshold ?? detail?.threshold ?? 0.5)
  })
  const stops = computed<readonly Stop[]>(() => (source.value ? stopsOf(source.value) : []))
  const last = computed(() => Math.max(0, stops.value.length - 1))
  const current = computed<Stop | null>(() => stops.value[Math.min(position.value, last.value)] ?? null)
  const chosen = computed<number | null>(() => {
    const frame = openCase.audit?.simplified.frame
    const at = frame === undefined ? -1 : stops.value.findIndex((stop) => stop.frame === frame)
    return at < 0 ? null : at
  })
  const atChosen = computed(() => chosen.value !== null && position.value === chosen.value)

  const originalView = computed<FrameView | null>(() => {
    const { detail, liveAudit } = openCase
    if (detail && liveAudit?.originalMap) {
      const { originalMap: map, flatMap } = liveAudit
      return { frame: FILM_FRAME, picture: detail.modelInput.pixels, map, ...(flatMap ? { flatMap } : {}) }
    }
    return openCase.frames.get(FILM_FRAME) ?? null
  })

  function viewOf(stop: Stop): FrameView | null {
    if (stop.frame === FILM_FRAME) return originalView.value
    return openCase.liveAudit?.frames.get(stop.frame) ?? openCase.frames.get(stop.frame) ?? null
  }
  /** Before an audit's first usable stop the instant estimate stands in, but not for a stop that the user asks for. */
  const estimated = computed(() => instant.view !== null && (following.value || last.value === 0))
  const view = computed(() => {
    if (estimated.value) return instant.view
    return current.value ? viewOf(current.value) : null
  })

  function moveTo(next: number): void {
    following.value = false
    position.value = Math.min(last.value, Math.max(0, Math.round(next)))
  }
  const moveBy = (by: number) => moveTo(position.value + by)
  const toChosen = () => moveTo(chosen.value ?? last.value)

  // A new case or a new audit: the knob stands at the chosen result, or goes along with what comes in.
  watch([() => openCase.caseId, live], () => (following.value = true))
  watch([stops, chosen, following], () => {
    if (following.value) position.value = chosen.value ?? last.value
  })
  // Pictures are fetched when the knob gets there; the film's own map is needed for every comparison.
  watch([current, () => openCase.audit], () => {
    if (live.value || !openCase.audit || !current.value) return
    void openCase.wantFrame(FILM_FRAME)
    void openCase.wantFrame(current.value.frame)
  })

  return {
    position,
    following,
    source,
    live,
    threshold,
    stops,
    last,
    current,
    chosen,
    atChosen,
    originalView,
    view,
    estimated,
    viewOf,
    moveTo,
    moveBy,
    toChosen,
  }
})
