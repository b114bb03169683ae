import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { CaseId, ZoneBits, ZonePoint, Zones, ZoneView } from '../../contract'
import { bitsByZone, MODEL_SIZE } from '../../contract/shared'
import { call, messageOf } from '../api'
import { debounce } from '../debounce'
import { useNotices } from './notices'
import { useOpenCase } from './openCase'
import { useShell } from './shell'
import { useStage } from './stage'
import { useWay } from './way'

export type PictureSide = 'pictureLeft' | 'pictureRight'

/** A held arrow key is one correction. */
const DROP_AFTER_MS = 300

/** Zones of the open case: outlines, numbers by zone at the stop shown, corrections by hand. */
export const useZones = defineStore('zones', () => {
  const notices = useNotices()
  const openCase = useOpenCase()
  const shell = useShell()
  const stage = useStage()
  const way = useWay()
  /** Whether the outlines are drawn over the film. */
  const shown = ref(false)
  /** Whether the outlines' points can be dragged. */
  const editing = ref(false)
  const view = shallowRef<ZoneView | null>(null)
  const failure = ref<string | null>(null)
  /** Outlines as they are dragged, before they are saved. */
  const draft = shallowRef<Zones | null>(null)
  /** Of a correction that is not saved yet: whose it is, and the outlines before its first move. */
  let begun: { readonly caseId: CaseId; readonly before: Zones } | null = null
  const saving = ref(false)

  const zones = computed<Zones | null>(() => draft.value ?? view.value?.zones ?? null)
  const flatBits = computed(() => {
    const { liveAudit, audit } = openCase
    return liveAudit?.original ? liveAudit.flatBits : (audit?.flatBits ?? null)
  })
  const isChosenShown = computed(() => way.atChosen && !way.estimated && !way.live)
  const rows = computed<readonly ZoneBits[] | null>(() => {
    // Of the chosen result the record has means over several noises, which the report prints; a map is of one noise.
    const recorded = isChosenShown.value ? openCase.audit?.zones?.bits : undefined
    if (view.value && recorded) return recorded
    const { map: original, flatMap: flat } = way.originalView ?? {}
    const { map: simplified, detail } = way.view ?? {}
    if (!view.value || !original || !simplified || flatBits.value === null) return null
    return bitsByZone(view.value.labels, { original, simplified, flatBits: flatBits.value, flat, detail })
  })

  /**
   * Where the alarm of the audit on screen points, while the picture stands there that it was judged on. The film's own window
   * hears of no later audit, so that it draws none.
   */
  const alarmPlace = computed(() => {
    const alarm = openCase.audit?.zones?.alarm
    return alarm?.raised && isChosenShown.value && shell.view !== 'film' ? alarm.place : null
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
    const { caseId } = openCase
    if (!now || !from || !caseId) return
    begun ??= { caseId, before: now }
    const count = now[side].points.length
    const [dx, dy] = [to.x - from.x, to.y - from.y]
    const share = (i: number) => {
      const distance = Math.min((i - index + count) % count, (index - i + count) % count)
      return distance === 0 ? 1 : distance === 1 ? 0.5 : 0
    }
    const clamp = (value: number) => Math.min(MODEL_SIZE, Math.max(0, value))
    const points = now[side].points.map(({ x, y }, i) => ({ x: clamp(x + dx * share(i)), y: clamp(y + dy * share(i)) }))
    draft.value = { ...now, source: 'corrected', sure: true, reasons: [], [side]: { ...now[side], points } }
  }

  /** Ends a drag: keeps the correction, and offers to take it back. */
  async function drop(): Promise<void> {
    const [corrected, from] = [draft.value, begun]
    abandon()
    if (corrected && from) await change({ ...from, next: corrected }, 'Zone outline moved')
  }
  const dropSoon = debounce(() => void drop(), DROP_AFTER_MS)

  function abandon(): void {
    dropSoon.cancel()
    begun = null
  }

  async function reset(): Promise<void> {
    const { caseId } = openCase
    const before = zones.value
    if (!caseId || !before) return
    abandon()
    draft.value = null
    await change({ caseId, before, next: null }, 'Zone outlines back to automatic')
  }

  async function change(
    { caseId, before, next }: { caseId: CaseId; before: Zones; next: Zones | null },
    what: string,
  ): Promise<void> {
    await notices.attempt(async () => {
      await save(caseId, next)
      const back = before.source === 'automatic' ? null : before
      notices.offerUndo(what, () => save(caseId, back))
    })
  }

  async function save(caseId: CaseId, next: Zones | null): Promise<void> {
    saving.value = true
    try {
      const saved = await call('saveZones', { caseId, zones: next })
      if (openCase.caseId !== caseId) return
      view.value = saved
      openCase.takeZones(saved)
    } finally {
      saving.value = false
      // A point may have been moved on while this was saved.
      if (draft.value === next) draft.value = null
    }
  }

  watch(
    () => openCase.state,
    (state) => {
      dropSoon.flush()
      abandon()
      view.value = null
      draft.value = null
      failure.value = null
      editing.value = false
      if (state === 'ready') void load()
    },
    { immediate: true },
  )

  watch(editing, (now) => {
    if (!now) return
    shown.value = true
    stage.annotations = true
  })

  return {
    shown,
    editing,
    view,
    zones,
    rows,
    alarmPlace,
    failure,
    saving,
    load,
    drag,
    drop,
    dropSoon,
    reset,
    flush: dropSoon.flush,
  }
})
