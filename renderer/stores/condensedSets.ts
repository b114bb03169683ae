import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ExperimentRun } from '../../contract'
import { call } from '../api'
import { condensedSetsOf, type CondensedSet } from '../presentation/condensedSets'
import { useLoading } from './loading'

export interface CondensedRun {
  readonly run: ExperimentRun
  readonly sets: readonly CondensedSet[]
}

/** The condensed sets of all runs, for the gallery. */
export const useCondensedSets = defineStore('condensedSets', () => {
  const runs = shallowRef<readonly CondensedRun[]>([])
  const { state, failure, load: loading } = useLoading()

  function load(all: readonly ExperimentRun[]): Promise<void> {
    const finished = all.filter(({ experiment, results }) => experiment.kind === 'condensation' && results.length > 0)
    return loading(() => Promise.all(finished.map(({ id }) => call('labRun', { runId: id }))), {
      take(found) {
        runs.value = found
          .map(({ run, samples }) => ({ run, sets: condensedSetsOf(run, samples) }))
          .filter(({ sets }) => sets.length > 0)
      },
    })
  }

  return { runs, state, failure, load }
})
