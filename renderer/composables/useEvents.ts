import { onMounted, onUnmounted } from 'vue'
import type { WorkstationEvent } from '../../contract'
import { onEvent } from '../api'
import { useBatch } from '../stores/batch'
import { useEngine } from '../stores/engine'
import { useExplaining } from '../stores/explaining'
import { useImporting } from '../stores/importing'
import { useLab } from '../stores/lab'
import { useLiveAudits } from '../stores/liveAudits'
import { useNotices } from '../stores/notices'
import { useOpenCase } from '../stores/openCase'
import { useWorklist } from '../stores/worklist'

/** Leads the main side's stream of events into the stores, for as long as the calling component lives. */
export function useEvents(): void {
  const batch = useBatch()
  const engine = useEngine()
  const explaining = useExplaining()
  const importing = useImporting()
  const lab = useLab()
  const liveAudits = useLiveAudits()
  const notices = useNotices()
  const openCase = useOpenCase()
  const worklist = useWorklist()

  function take(event: WorkstationEvent): void {
    switch (event.type) {
      case 'case':
        return worklist.put(event.summary)
      case 'caseRemoved':
        if (openCase.caseId === event.caseId) openCase.close()
        return worklist.drop(event.caseId)
      case 'import':
        importing.progress = event
        return
      case 'auditStarted':
        if (openCase.caseId === event.caseId) openCase.forgetFrames()
        return liveAudits.take(event)
      case 'auditPoint':
      case 'auditProgress':
        return liveAudits.take(event)
      case 'auditDone': {
        const seen = liveAudits.byCase.get(event.caseId)?.frames ?? new Map()
        if (openCase.caseId === event.caseId) openCase.takeAudit(event.record, seen)
        return liveAudits.end(event.caseId)
      }
      case 'auditFailed':
        return takeFailure(event)
      case 'filmWindow':
      case 'sharedStage':
        // Both windows take these in composables/useSharedStage.ts.
        return
      case 'engine':
        engine.state = event.state
        return
      case 'explainMap':
      case 'explainRow':
      case 'explainStop':
      case 'explainProgress':
        return explaining.take(event)
      case 'reviewBatch':
        return batch.take(event.batch)
      case 'labRun':
      case 'labProgress':
      case 'labPoint':
      case 'labSamples':
      case 'labRemoved':
        return lab.take(event)
    }
  }

  function takeFailure({ caseId, error }: Extract<WorkstationEvent, { type: 'auditFailed' }>): void {
    const isCancelled = error.code === 'CANCELLED'
    const isOpen = openCase.caseId === caseId
    liveAudits.end(caseId, isCancelled ? null : error)
    if (isOpen) openCase.forgetFrames()
    // A dead engine has its own banner; one that was started again has none.
    if (error.code === 'ENGINE_DIED' && engine.state.state === 'dead') return
    // The end of a queue's audit is told by the queue.
    if (isCancelled && batch.state?.current === caseId) return
    const title = worklist.byId(caseId)?.title
    const text = isOpen || title === undefined ? error.message : `${title}: ${error.message}`
    if (isCancelled) notices.say(text)
    else notices.fail(new Error(text))
  }

  let stop: (() => void) | null = null
  onMounted(() => (stop = onEvent(take)))
  onUnmounted(() => stop?.())
}
