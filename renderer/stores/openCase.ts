import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'
import type { AuditRecord, CaseDetail, CaseId, FrameView, ZoneView } from '../../contract'
import { CallError, call, fetchPixels } from '../api'
import { buildPyramid, type Pyramid } from '../viewer'
import { useLiveAudits } from './liveAudits'
import { useLoading } from './loading'
import { useNotices } from './notices'

/** The one case on screen: its record, its pixels, the pictures of its way. Opening another drops all of it. */
export const useOpenCase = defineStore('openCase', () => {
  const notices = useNotices()
  const liveAudits = useLiveAudits()
  const { state, failure, error, load } = useLoading('empty')
  /** The film's file is not there, or is another one now: the user may know where it went. */
  const isLost = computed(
    () => error.value instanceof CallError && ['FILE_NOT_FOUND', 'FILE_CHANGED'].includes(error.value.code),
  )
  const caseId = ref<CaseId | null>(null)
  const detail = shallowRef<CaseDetail | null>(null)
  const pyramid = shallowRef<Pyramid | null>(null)
  const frames = shallowReactive(new Map<number, FrameView>())
  const wanted = new Set<number>()
  /** Pictures that the store does not give: asked for once, told once. */
  const missing = shallowReactive(new Set<number>())
  /** An audit that ended while its case was being opened. */
  let early: { readonly record: AuditRecord; readonly seen: ReadonlyMap<number, FrameView> } | null = null
  /** Counts openings, so that an answer for a case that has been left is not taken for the present one. */
  let opening = 0
  /** Counts audits, so that a picture of a former one is not taken for one of the present. */
  let audits = 0

  const liveAudit = computed(() => (caseId.value ? (liveAudits.byCase.get(caseId.value) ?? null) : null))
  const audit = computed<AuditRecord | null>(() => (liveAudit.value?.original ? null : (detail.value?.audit ?? null)))
  const auditFailure = computed(() => (caseId.value ? (liveAudits.failures.get(caseId.value) ?? null) : null))

  async function open(id: CaseId): Promise<void> {
    if (caseId.value === id && state.value !== 'failed') return
    close()
    const mine = opening
    caseId.value = id
    const isCurrent = () => mine === opening
    const read = async () => {
      const opened = await call('openCase', { caseId: id })
      // Nobody waits for the pixels of a case that has been left.
      return { opened, pixels: isCurrent() ? await fetchPixels(opened) : null }
    }
    await load(read, {
      isCurrent,
      take({ opened, pixels }) {
        detail.value = opened
        if (early) takeAudit(early.record, early.seen)
        pyramid.value = pixels && buildPyramid(pixels, opened.header, opened.header.padding)
      },
    })
  }

  /** What the case shows depends on who decides. */
  async function reopen(): Promise<void> {
    const id = caseId.value
    if (!id) return
    close()
    await open(id)
  }

  function close(): void {
    opening += 1
    state.value = 'empty'
    caseId.value = null
    detail.value = null
    pyramid.value = null
    early = null
    forgetFrames()
  }

  /** Asks for a stop's picture and map once; they appear in `frames`. */
  async function wantFrame(frame: number): Promise<void> {
    const id = caseId.value
    if (!id || frames.has(frame) || wanted.has(frame) || missing.has(frame)) return
    const mine = audits
    wanted.add(frame)
    try {
      const view = await call('frame', { caseId: id, frame })
      if (mine === audits) frames.set(frame, view)
    } catch (error) {
      if (mine !== audits) return
      if (missing.size === 0) notices.fail(error)
      missing.add(frame)
    } finally {
      if (mine === audits) wanted.delete(frame)
    }
  }

  /** A new audit makes the pictures of the old one worthless. */
  function forgetFrames(): void {
    audits += 1
    frames.clear()
    wanted.clear()
    missing.clear()
  }

  function takeAudit(record: AuditRecord, seen: ReadonlyMap<number, FrameView>): void {
    if (!detail.value) {
      if (state.value === 'loading') early = { record, seen }
      return
    }
    forgetFrames()
    for (const [frame, view] of seen) frames.set(frame, view)
    detail.value = { ...detail.value, audit: record }
  }

  /** Corrected outlines change the audit's figures by zone, its alarm and what it warns of, nothing else. */
  function takeZones({ report: zones, warnings }: Pick<ZoneView, 'report' | 'warnings'>): void {
    const audit = detail.value?.audit
    if (detail.value && audit && zones && warnings)
      detail.value = { ...detail.value, audit: { ...audit, zones, warnings } }
  }

  return {
    state,
    failure,
    isLost,
    caseId,
    detail,
    pyramid,
    frames,
    missing,
    liveAudit,
    audit,
    auditFailure,
    open,
    reopen,
    close,
    wantFrame,
    forgetFrames,
    takeAudit,
    takeZones,
  }
})
