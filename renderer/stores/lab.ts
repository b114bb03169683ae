import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import type { Experiment, ExperimentRun, LabTemplate, Progress, WorkstationEvent } from '../../contract'
import { call } from '../api'
import { isActive, isResumable } from '../presentation/labWords'
import { useLoading } from './loading'
import { useNotices } from './notices'
import { useOpenRun } from './openRun'

/** What fills the lab beside its list. */
type LabPlace =
  | { readonly kind: 'run'; readonly id: string }
  | { readonly kind: 'experiment'; readonly name: string }
  | { readonly kind: 'form'; readonly base: Experiment | null }
  | { readonly kind: 'sets' }

export type LabEvent = Extract<WorkstationEvent, { type: `lab${string}` }>

/** The training lab: experiments that can be started, runs and how far they are, and what the user does to them. */
export const useLab = defineStore('lab', () => {
  const notices = useNotices()
  const openRun = useOpenRun()
  const templates = shallowRef<readonly LabTemplate[]>([])
  const runs = shallowRef<readonly ExperimentRun[]>([])
  const { state, failure, load: loading } = useLoading()
  const place = shallowRef<LabPlace | null>(null)
  const progress = shallowReactive(new Map<string, Progress>())
  /** Runs that were asked to pause or stop and have not obeyed yet. */
  const ending = shallowReactive(new Map<string, 'pause' | 'stop'>())
  /** The run whose removal waits for the user's yes. */
  const removing = shallowRef<ExperimentRun | null>(null)

  const run = computed(() => {
    const { value } = place
    return value?.kind === 'run' ? (runs.value.find(({ id }) => id === value.id) ?? null) : null
  })
  const template = computed(() => {
    const { value } = place
    if (value?.kind !== 'experiment') return null
    return templates.value.find(({ experiment }) => experiment.name === value.name) ?? null
  })
  const computing = computed(() => runs.value.some((one) => one.state === 'running'))

  function load(): Promise<void> {
    return loading(() => Promise.all([call('labTemplates', null), call('labRuns', null)]), {
      take([foundTemplates, foundRuns]) {
        templates.value = foundTemplates
        runs.value = foundRuns
        const first = foundRuns.find((one) => one.state === 'running') ?? foundRuns[0]
        if (first) place.value ??= { kind: 'run', id: first.id }
      },
    })
  }

  /** Another folder for the data of experiments; whether they are there is told anew. */
  async function pickData(): Promise<void> {
    const found = await notices.attempt(() => call('labPickData', null))
    if (found) templates.value = found
  }

  function take(event: LabEvent): void {
    if (event.type === 'labProgress') progress.set(event.runId, event.progress)
    else if (event.type === 'labRun') put(event.run)
    else if (event.type === 'labRemoved') drop(event.runId)
    openRun.take(event)
  }

  function put(changed: ExperimentRun): void {
    const known = runs.value.some(({ id }) => id === changed.id)
    runs.value = known ? runs.value.map((one) => (one.id === changed.id ? changed : one)) : [changed, ...runs.value]
    if (isActive(changed.state)) return
    progress.delete(changed.id)
    ending.delete(changed.id)
  }

  function drop(id: string): void {
    runs.value = runs.value.filter((one) => one.id !== id)
    progress.delete(id)
    if (place.value?.kind === 'run' && place.value.id === id) place.value = null
  }

  const open = (id: string) => (place.value = { kind: 'run', id })
  /** Opens the form of a new experiment, on a copy of `base`, else of what is on screen. */
  function build(base: Experiment | null = null): void {
    place.value = { kind: 'form', base: base ?? template.value?.experiment ?? run.value?.experiment ?? null }
  }

  /** Where it does not start, what experiments lack is told anew: its data may have gone since. */
  async function start(experiment: unknown): Promise<void> {
    try {
      const { runId } = await call('labStart', { experiment })
      runs.value = await call('labRuns', null)
      open(runId)
    } catch (error) {
      notices.fail(error)
      templates.value = (await notices.attempt(() => call('labTemplates', null))) ?? templates.value
    }
  }

  async function end(runId: string, how: 'pause' | 'stop'): Promise<void> {
    const active = runs.value.some((one) => one.id === runId && isActive(one.state))
    if (active) ending.set(runId, how)
    try {
      await call(how === 'pause' ? 'labPause' : 'labStop', { runId })
    } catch (error) {
      ending.delete(runId)
      notices.fail(error)
    }
  }

  const pause = (runId: string) => end(runId, 'pause')
  const stop = (runId: string) => end(runId, 'stop')
  const resume = (runId: string) => notices.attempt(() => call('labResume', { runId }))
  const remove = (runId: string) => notices.attempt(() => call('labRemove', { runId }))

  async function pauseOrResume(): Promise<void> {
    const current = run.value
    if (!current || ending.has(current.id)) return
    if (isActive(current.state)) await pause(current.id)
    else if (isResumable(current.state)) await resume(current.id)
  }

  async function save(runId: string, format: 'csv' | 'pdf'): Promise<void> {
    const saved = await notices.attempt(() => call('labExport', { runId, format }))
    if (saved) notices.saved(format === 'csv' ? 'Table' : 'Report', saved.path)
  }

  return {
    templates,
    runs,
    state,
    failure,
    place,
    progress,
    ending,
    removing,
    run,
    template,
    computing,
    load,
    pickData,
    take,
    open,
    build,
    start,
    pause,
    resume,
    stop,
    pauseOrResume,
    remove,
    save,
  }
})
