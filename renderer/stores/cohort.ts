import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { CohortAtThreshold, CohortExportFormat, CohortFilter, CohortOverview } from '../../contract'
import { NO_COHORT_FILTER } from '../../contract/shared'
import { call } from '../api'
import { filmListOf, type ListKey } from '../presentation/cohortLists'
import { useImporting } from './importing'
import { useLoading } from './loading'
import { useNotices } from './notices'
import { useWorklist } from './worklist'

/** Labels, decisions and audits that come in while the page is open count at once; many of them only once. */
const STILL_MS = 300
/** While an import brings in film after film, the figures follow this often, and once at its end. */
const IMPORTING_MS = 10_000

/** The cohort page: its filter, the threshold that is tried, and the number whose films are listed. Kept between visits. */
export const useCohort = defineStore('cohort', () => {
  const notices = useNotices()
  const importing = useImporting()
  const worklist = useWorklist()
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
  let underWay = 0
  let isShown = false
  /** The worklist has changed while it was being counted. */
  let missed = false
  let soon: ReturnType<typeof setTimeout> | undefined
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

  async function load(): Promise<void> {
    loads += 1
    underWay += 1
    await loading(read, {
      take({ found, rates }) {
        overview.value = found
        at.value = rates
      },
    })
    underWay -= 1
    if (missed) follow()
  }

  /** Counts again soon; what changes meanwhile is counted once, after that. */
  function follow(): void {
    missed = isShown && underWay > 0
    if (!isShown || missed || (importing.busy && soon !== undefined)) return
    clearTimeout(soon)
    soon = setTimeout(
      () => {
        soon = undefined
        void load()
      },
      importing.busy ? IMPORTING_MS : STILL_MS,
    )
  }
  watch(() => worklist.cases, follow)

  /** The page is open: it is counted now, and follows the worklist until `leave`. */
  function enter(): Promise<void> {
    isShown = true
    return load()
  }

  function leave(): void {
    isShown = false
    missed = false
    clearTimeout(soon)
    soon = undefined
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
    state,
    failure,
    filter,
    filtered,
    overview,
    at,
    tried,
    threshold,
    chosen,
    list,
    exporting,
    scrolled,
    enter,
    leave,
    load,
    setFilter,
    tryThreshold,
    choose,
    save,
  }
})
