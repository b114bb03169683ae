import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { ZoneBits, ZonePoint, Zones, ZoneView } from '../../contract'
import { bitsByZone } from '../../contract/bitsByZone'
import { call, messageOf } from '../api'
import { useNotices } from './notices'
import { useOpenCase } from './openCase'
import { useWay } from './way'

export type PictureSide = 'pictureLeft' | 'pictureRight'

/** Zones of the open case: outlines, numbers by zone at the stop shown, corrections by hand. */
export const useZones = defineStore('zones', () => {
  const notices = useNotices()
  const openCase = useOpenCase()
  const way = useWay()
  /** Whether the outlines are drawn over the film. */
  const shown = ref(false)
  /** Whether the outlines' points can be dragged. */
  const editing = ref(false)
  const view = shallowRef<ZoneView | null>(null)
  const failure = ref<string | null>(null)
  /** Outlines as they are dragged, before they are saved. */
  const draft = shallowRef<Zones | null>(null)
  const saving = ref(false)

  const zones = computed<Zones | null>(() => draft.value ?? view.value?.zones ?? null)
  const flatBits = computed(() => {
    const { run, audit } = openCase
    return run?.original ? run.flatBits : (audit?.flatBits ?? null)
  })
  const rows = computed<readonly ZoneBits[] | null>(() => {
    const original = way.originalView?.map
    const simplified = way.view?.map
    if (!view.value || !original || !simplified || flatBits.value === null) return null
    return bitsByZone(view.value.labels, { original, simplified, flatBits: flatBits.value })
  })

  async function load(): Promise<void> {
    const id = openCase.caseId
    if (!id) return
    try {
      const found = await call('zones', { caseId: id })
      if (openCase.caseId === id) view.value = found
    } catch (error) {
      if (openCase.caseId === id) failure.value = messageOf(error)
    }
  }

  /** Moves a vertex; its two neighbours go half of the way, so that an edge stays an edge. */
  function drag(side: PictureSide, index: number, to: ZonePoint): void {
    const now = zones.value
    const from = now?.[side].points[index]
    if (!now || !from) return
    const count = now[side].points.length
    const [dx, dy] = [to.x - from.x, to.y - from.y]
    const share = (i: number) => {
      const distance = Math.min((i - index + count) % count, (index - i + count) % count)
      return distance === 0 ? 1 : distance === 1 ? 0.5 : 0
    }
    const clamp = (value: number) => Math.min(128, Math.max(0, value))
    const points = now[side].points.map(({ x, y }, i) => ({ x: clamp(x + dx * share(i)), y: clamp(y + dy * share(i)) }))
    draft.value = { ...now, source: 'corrected', sure: true, reasons: [], [side]: { ...now[side], points } }
  }

  /** Ends a drag: keeps the correction, and offers to take it back. */
  async function drop(): Promise<void> {
    const corrected = draft.value
    if (corrected) await change(corrected, 'Zone outline moved')
  }

  const reset = () => change(null, 'Zone outlines back to automatic')

  async function change(next: Zones | null, what: string): Promise<void> {
    const id = openCase.caseId
    const before = view.value?.zones
    if (!id || !before) return
    if (!(await save(id, next))) return
    const back = before.source === 'automatic' ? null : before
    notices.offerUndo(what, async () => void (await save(id, back)))
  }

  async function save(id: NonNullable<typeof openCase.caseId>, next: Zones | null): Promise<boolean> {
    saving.value = true
    try {
      const saved = await call('saveZones', { caseId: id, zones: next })
      if (openCase.caseId === id) {
        view.value = saved
        openCase.takeZones(saved.report)
      }
      return true
    } catch (error) {
      notices.fail(error)
      return false
    } finally {
      saving.value = false
      if (openCase.caseId === id) draft.value = null
    }
  }

  watch(
    () => openCase.state,
    (state) => {
      view.value = null
      draft.value = null
      failure.value = null
      editing.value = false
      if (state === 'ready') void load()
    },
    { immediate: true },
  )

  watch(editing, (now) => {
    if (now) shown.value = true
  })

  return { shown, editing, view, zones, rows, failure, saving, load, drag, drop, reset }
})
