import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Experiment, LabTemplate } from '../../contract'
import { call, messageOf } from '../api'
import { debounce } from '../debounce'
import {
  draftOf,
  experimentOf,
  fittingFlows,
  problemsByField,
  targetChoices,
  type ExperimentDraft,
} from '../presentation/experimentDraft'
import { useEngine } from './engine'
import { useLab } from './lab'

const ASK_AFTER_MS = 350

/** The form of a new experiment: a copy of another one, what was changed of it, and what the main side says to that. */
export const useExperimentForm = defineStore('experimentForm', () => {
  const engine = useEngine()
  const lab = useLab()
  const base = shallowRef<Experiment | null>(null)
  const draft = ref<ExperimentDraft | null>(null)
  const checked = shallowRef<LabTemplate | null>(null)
  const problems = shallowRef<ReturnType<typeof problemsByField>>({})
  const checking = ref(false)
  const starting = ref(false)
  let asked = 0

  const models = computed(() => (engine.state.state === 'ready' ? engine.state.info.models : []))
  const flows = computed(() => {
    if (!draft.value) return []
    const fitting = fittingFlows(models.value, draft.value)
    return fitting.length > 0 ? fitting : [draft.value.flow]
  })
  const ready = computed(() => !checking.value && checked.value !== null && checked.value.missing === null)

  function begin(from: Experiment): void {
    base.value = from
    draft.value = draftOf(from)
    void check()
  }

  /** Changes fields; what no longer fits the data is replaced by what does. */
  function change(fields: Partial<ExperimentDraft>): void {
    if (!draft.value) return
    const next = { ...draft.value, ...fields }
    const targets = targetChoices[next.set] ?? []
    if (targets.length > 0 && !targets.some(({ value }) => value === next.target)) next.target = targets[0]?.value ?? ''
    const fitting = fittingFlows(models.value, next)
    if (fitting.length > 0 && !fitting.includes(next.flow)) next.flow = fitting[0] ?? next.flow
    draft.value = next
    checking.value = true
    checkSoon()
  }

  const checkSoon = debounce(() => void check(), ASK_AFTER_MS)

  async function check(): Promise<void> {
    if (!base.value || !draft.value) return
    const mine = ++asked
    const asIs = { ...draft.value }
    checking.value = true
    try {
      const answer = await call('labEstimate', { experiment: experimentOf(base.value, asIs) })
      if (mine !== asked) return
      checked.value = answer.template
      problems.value = problemsByField(asIs, answer.problems)
    } catch (error) {
      if (mine !== asked) return
      checked.value = null
      problems.value = { other: messageOf(error) }
    }
    checking.value = false
  }

  async function start(): Promise<void> {
    if (!ready.value || !checked.value) return
    starting.value = true
    await lab.start(checked.value.experiment)
    starting.value = false
    // It did not start, then: its data may have gone since.
    if (lab.place?.kind === 'form') void check()
  }

  return { base, draft, checked, problems, checking, starting, flows, ready, begin, change, start }
})
