import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { BatchState } from '../../contract'
import { call } from '../api'
import { queueWords } from '../presentation/queues'
import { count } from '../presentation/words'
import { useClassifiers } from './classifiers'
import { useNotices } from './notices'
import { useSettings } from './settings'
import { useWorklist } from './worklist'

/** The queue that is being audited in the background. */
export const useBatch = defineStore('batch', () => {
  const classifiers = useClassifiers()
  const notices = useNotices()
  const settings = useSettings()
  const worklist = useWorklist()
  const state = ref<BatchState | null>(null)
  /** What the user has read of a finished batch, by its end. */
  const dismissed = ref(false)

  const active = computed(() => state.value !== null && !['finished', 'stopped'].includes(state.value.state))
  /** Of the queue on screen: those without an audit of the classifier in use. */
  const unaudited = computed(() => worklist.queued.filter(({ audit }) => !audit?.ofClassifierInUse))
  /** Those of them that can be audited. */
  const outstanding = computed(() =>
    unaudited.value.filter(({ status, decision }) => status !== 'queued' && status !== 'auditing' && decision !== null),
  )

  async function load(): Promise<void> {
    state.value = (await notices.attempt(() => call('reviewBatch', null))) ?? null
    dismissed.value = !active.value
  }

  async function start(): Promise<void> {
    const caseIds = outstanding.value.map(({ id }) => id)
    const title = queueWords(worklist.queueName).title
    if (caseIds.length === 0) return notices.say(nothingToAudit(title, unaudited.value.length))
    const { preset, seed } = settings.values
    const objective = classifiers.objectiveFor(settings.values.objective)
    const request = { queue: worklist.queueName, caseIds, preset, objective, seed }
    await notices.attempt(() => call('reviewBatchStart', request))
  }

  const stop = (now: boolean) => notices.attempt(() => call('reviewBatchStop', { now }))

  function take(batch: BatchState): void {
    state.value = batch
    dismissed.value = false
  }

  return { state, dismissed, active, outstanding, load, start, stop, take }
})

function nothingToAudit(title: string, unaudited: number): string {
  if (unaudited === 0) return `Every film in “${title}” has been audited with the classifier that decides now.`
  return `No film in “${title}” can be audited now: ${count(unaudited, 'film')} of it ${unaudited === 1 ? 'waits' : 'wait'} for an audit or for a decision.`
}
