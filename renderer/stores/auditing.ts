import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { AuditRestriction, ObjectiveName, PresetName } from '../../contract'
import { call } from '../api'
import { useClassifiers } from './classifiers'
import { useConfirmation } from './confirmation'
import { useEngine } from './engine'
import { useLiveAudits } from './liveAudits'
import { useNotices } from './notices'
import { useOpenCase } from './openCase'
import { useSettings } from './settings'
import { useWorklist } from './worklist'

interface AuditChoice {
  readonly preset: PresetName
  readonly objective: ObjectiveName
  readonly seed: number
  readonly repeat: boolean
}

/** Starting and stopping the audit of the open case. */
export const useAuditing = defineStore('auditing', () => {
  const classifiers = useClassifiers()
  const engine = useEngine()
  const notices = useNotices()
  const openCase = useOpenCase()
  const liveAudits = useLiveAudits()
  const settings = useSettings()
  const worklist = useWorklist()
  const repeat = ref(false)
  /** Whether the choices of how to audit are on screen; they make room for what they lead to. */
  const optionsOpen = ref(false)
  /** Which part the audit to be started may simplify; it waits here while warnings are confirmed. */
  let restriction: AuditRestriction | null = null
  const { asked: confirming, passes } = useConfirmation()

  const summary = computed(() => worklist.byId(openCase.caseId))
  const active = computed(() => summary.value?.status === 'auditing' || summary.value?.status === 'queued')
  const choice = computed<AuditChoice>(() => {
    const { preset, objective, seed } = settings.values
    return { preset, objective: classifiers.objectiveFor(objective), seed, repeat: repeat.value }
  })

  async function start(confirmed = false, part: AuditRestriction | null = null): Promise<void> {
    const entry = confirmed ? confirming.value : summary.value
    if (!entry || active.value || openCase.state !== 'ready') return
    if (!engine.ready) return notices.say('An audit can start as soon as the engine is ready.')
    if (!confirmed) restriction = part
    if (!confirmed && !passes(entry)) return
    confirming.value = null
    optionsOpen.value = false
    liveAudits.begin(entry.id)
    try {
      await call('startAudit', { caseId: entry.id, ...choice.value, restriction, confirmed })
    } catch (error) {
      liveAudits.end(entry.id)
      notices.fail(error)
    }
  }

  async function cancel(): Promise<void> {
    const entry = summary.value
    if (!entry || !active.value) return
    liveAudits.markCancelling(entry.id)
    await notices.attempt(() => call('cancelAudit', { caseId: entry.id }))
  }

  return { repeat, optionsOpen, confirming, summary, active, choice, start, cancel }
})
