import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ExperimentRun } from '../../contract'
import { call, messageOf } from '../api'
import { condensedSetsOf, type CondensedSet } from '../presentation/condensedSets'

export interface CondensedRun {
  readonly run: ExperimentRun
  readonly sets: readonly CondensedSet[]
}

/** The condensed sets of all runs, for the gallery. */
export const useCondensedSets = defineStore('condensedSets', () => {
  const runs = shallowRef<readonly CondensedRun[]>([])
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const failure = ref('')

  async function load(all: readonly ExperimentRun[]): Promise<void> {
    state.value = 'loading'
    const finished = all.filter(({ experiment, results }) => experiment.kind === 'condensation' && results.length > 0)
    try {
      const found = await Promise.all(finished.map(({ id }) => call('labRun', { runId: id })))
      runs.value = found
        .map(({ run, samples }) => ({ run, sets: condensedSetsOf(run, samples) }))
        .filter(({ sets }) => sets.length > 0)
      state.value = 'ready'
    } catch (error) {
      failure.value = messageOf(error)
      state.value = 'failed'
    }
  }

  return { runs, state, failure, load }
})
