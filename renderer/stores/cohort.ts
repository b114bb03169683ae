import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { CohortAtThreshold, CohortExportFormat, CohortFilter, CohortOverview } from '../../contract'
import { NO_COHORT_FILTER } from '../../contract/shared'
import { call } from '../api'
import { filmListOf, type ListKey } from '../presentation/cohortLists'
import { useLoading } from './loading'
import { useNotices } from './notices'

/** The cohort page: its filter, the threshold that is tried, and the number whose films are listed. Kept between visits. */
export const useCohort = defineStore('cohort', () => {
  const notices = useNotices()
  const { state, failure, load: loading } = useLoading()
  const filter = ref<CohortFilter>(NO_COHORT_FILTER)
  const overview = shallowRef<CohortOverview | null>(null)
  const at = shallowRef<CohortAtThreshold | null>(null)
  /** What if: null is the classifier's own threshold. */
  const tried = ref<number | null>(null)
  const chosen = ref<ListKey | null>(null)
  const exporting = ref<CohortExportFormat | null>(null)
  /** How far the page was scrolled, for the way back. */
  const scrolled = ref(0)
  /** Counts loads, so that rates for an earlier filter are not taken for the present one's. */
  let loads = 0
  let moving = false

  const threshold = computed(() => tried.value ?? overview.value?.threshold ?? 0.5)
  const list = computed(() =>
    chosen.value && overview.value && at.value ? filmListOf(chosen.value, overview.value, at.value) : null,
  )
  const filtered = computed(() => Object.values(filter.value).some((value) => value !== null))

  async function read() {
    const params = { filter: { ...filter.value } }
    const found = await call('cohort', params)
    const rates = await call('cohortAt', { ...params, threshold: tried.value ?? found.threshold })
    return { found, rates }
  }

  function load(): Promise<void> {
    loads += 1
    return loading(read, {
      take({ found, rates }) {
        overview.value = found
        at.value = rates
      },
    })
  }

  function setFilter(change: Partial<CohortFilter>): Promise<void> {
    filter.value = { ...filter.value, ...change }
    return load()
  }

  /** Tries a threshold; of several asked for while one is counted, the last is counted next. */
  async function tryThreshold(value: number | null): Promise<void> {
    const own = overview.value?.threshold
    tried.value = value === null || value === own ? null : Math.min(1, Math.max(0, value))
    if (moving) return
    moving = true
    try {
      let counted: number | null = null
      while (counted !== threshold.value) {
        counted = threshold.value
        const mine = loads
        const rates = await call('cohortAt', { filter: { ...filter.value }, threshold: counted })
        if (mine === loads) at.value = rates
      }
    } catch (error) {
      notices.fail(error)
    } finally {
      moving = false
    }
  }

  function choose(key: ListKey | null): void {
    chosen.value = key
  }

  async function save(format: CohortExportFormat): Promise<void> {
    exporting.value = format
    await notices.attempt(async () => {
      const saved = await call('cohortExport', { filter: { ...filter.value }, threshold: threshold.value, format })
      if (saved) notices.saved(format === 'pdf' ? 'Report' : 'Table', saved.path)
    })
    exporting.value = null
  }

  return {
    ...{ state, failure, filter, filtered, overview, at, tried, threshold, chosen, list, exporting, scrolled },
    ...{ load, setFilter, tryThreshold, choose, save },
  }
})
