import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { CaseId, CaseSummary, QueueSort, ReportLabel } from '../../contract'
import { inOrder } from '../../contract/shared'
import { call } from '../api'
import { countsOf, matchesQueue, matchesSearch, type QueueChoice } from '../presentation/queues'
import { leftOutWords } from '../presentation/storeWords'
import { gathered } from './gathered'
import { useLoading } from './loading'
import { useNotices } from './notices'

/** How long a removed case can be brought back before it is really removed. */
const REMOVAL_DELAY_MS = 10_000
/** Thousands of cases may change at once – another reader, an import: the list follows this often. */
const REDRAW_MS = 100

/** The list of cases, its queue, order and search, and what the user does to whole cases. */
export const useWorklist = defineStore('worklist', () => {
  const notices = useNotices()
  const cases = shallowRef<readonly CaseSummary[]>([])
  const { state, failure, load: loading } = useLoading()
  const queueName = ref<QueueChoice>('all')
  const sort = ref<QueueSort>('added')
  const search = ref('')
  const selectedId = ref<CaseId | null>(null)
  const leaving = ref<ReadonlyMap<CaseId, ReturnType<typeof setTimeout>>>(new Map())

  /** Null where there is none, or none is named. */
  const byId = (id: CaseId | null): CaseSummary | null => (id && known.value.get(id)) ?? null
  const known = computed(() => new Map(cases.value.map((entry) => [entry.id, entry])))
  const present = computed(() => cases.value.filter((entry) => !leaving.value.has(entry.id)))
  /** The open case stays where it was when it leaves the queue, until another one is opened. */
  const keptId = ref<CaseId | null>(null)
  const fits = (entry: CaseSummary) => matchesQueue(entry, queueName.value) && matchesSearch(entry, search.value)
  const shown = computed(() =>
    inOrder(
      present.value.filter((entry) => entry.id === keptId.value || fits(entry)),
      sort.value,
    ),
  )
  /** What the queue still holds, without a case that is only kept on screen. */
  const queued = computed(() => shown.value.filter(fits))
  const selected = computed(() => byId(selectedId.value))
  const counts = computed(() => countsOf(present.value))
  watch(selectedId, (id) => {
    keptId.value = shown.value.some((entry) => entry.id === id) ? id : null
  })
  watch([queueName, search], () => (keptId.value = null))
  /** Audits that run or wait, the running one first. */
  const queue = computed(() => [
    ...present.value.filter((entry) => entry.status === 'auditing'),
    ...present.value.filter((entry) => entry.status === 'queued'),
  ])

  function load(): Promise<void> {
    const take = (found: readonly CaseSummary[]) => {
      // What came in before is in it.
      changes.clear()
      cases.value = found
    }
    return loading(() => call('listCases', null), { take })
  }

  /** For the start: what comes in later is told by its import. */
  async function tellLeftOut(): Promise<void> {
    const films = await notices.attempt(() => call('filmsLeftOut', null))
    if (films) notices.say(leftOutWords(films))
  }

  /** Null: gone. */
  const changes = gathered<CaseId, CaseSummary | null>((now) => {
    const stay = cases.value.filter(({ id }) => now.get(id) !== null)
    const come = [...now].flatMap(([id, entry]) => (entry && !known.value.has(id) ? [entry] : []))
    if (come.length === 0 && ![...now.keys()].some((id) => known.value.has(id))) return
    cases.value = [...stay.map((entry) => now.get(entry.id) ?? entry), ...come]
  }, REDRAW_MS)

  const put = (summary: CaseSummary): void => changes.add(summary.id, summary)

  function drop(caseId: CaseId): void {
    if (selectedId.value === caseId) selectedId.value = null
    changes.add(caseId, null)
  }

  function moveSelection(by: number): void {
    const at = shown.value.findIndex((entry) => entry.id === selectedId.value)
    const next = shown.value[at < 0 ? 0 : Math.min(shown.value.length - 1, Math.max(0, at + by))]
    if (next) selectedId.value = next.id
  }

  /** Opens the first case that fits the search; without a search the open one stays. False where none fits. */
  function openHit(): boolean {
    const first = queued.value[0]
    if (search.value.trim() !== '' || !selected.value) selectedId.value = first?.id ?? selectedId.value
    return first !== undefined
  }

  /** The whole list from its top, at this case. */
  function show(caseId: CaseId): void {
    queueName.value = 'all'
    search.value = ''
    selectedId.value = caseId
  }

  /** Opens the next case that the queue still holds, from the start again behind its end; null where it holds none. */
  function openNext(): CaseSummary | null {
    const at = shown.value.findIndex((entry) => entry.id === selectedId.value)
    const rest = [...shown.value.slice(at + 1), ...shown.value.slice(0, Math.max(0, at))]
    const next = rest.find(fits) ?? null
    if (next) selectedId.value = next.id
    return next
  }

  async function setLabel(entry: CaseSummary, label: ReportLabel | null): Promise<void> {
    const before = entry.reportLabel
    if (before === label) return
    await notices.attempt(async () => {
      put(await call('setReportLabel', { caseId: entry.id, label }))
      notices.offerUndo(`Report label of ${entry.title} set to ${label ?? 'unknown'}.`, async () => {
        put(await call('setReportLabel', { caseId: entry.id, label: before }))
      })
    })
  }

  /**
   * Takes the case off the list at once; the main side removes it when the time for an undo is over.
   *
   * @param along what goes with it for ever, in words ("its audit and 2 findings"); empty: nothing
   */
  function remove(entry: CaseSummary, along = ''): void {
    const said = `${entry.title} removed from the worklist${along ? `, with ${along}` : ''}.`
    removeAll([entry], said, tooLate(entry.title, along))
  }

  /** Several at once, with one undo. */
  function removeAll(entries: readonly CaseSummary[], said: string, late = tooLate('these films', '')): void {
    const going = new Set(entries.map(({ id }) => id).filter((id) => !leaving.value.has(id)))
    const [first = null] = going
    if (first === null) return
    const timer = setTimeout(() => {
      for (const id of going) removeNow(id)
      going.forEach(drop)
      changes.flush()
      forget(going)
    }, REMOVAL_DELAY_MS)
    const next = neighbourOf(going)
    const opened = selectedId.value
    leaving.value = new Map([...leaving.value, ...[...going].map((id) => [id, timer] as const)])
    if (opened !== null && going.has(opened)) selectedId.value = next
    notices.offerUndo(said, () => {
      clearTimeout(timer)
      if (![...going].some((id) => leaving.value.has(id))) throw late
      forget(going)
      selectedId.value = first
    })
  }

  /** The case that takes the place of the open one when these go: the next one below it, else the one above. */
  function neighbourOf(going: ReadonlySet<CaseId>): CaseId | null {
    const at = shown.value.findIndex(({ id }) => id === selectedId.value)
    const stays = ({ id }: CaseSummary) => !going.has(id)
    const above = shown.value.slice(0, Math.max(0, at)).reverse()
    return (shown.value.slice(at + 1).find(stays) ?? above.find(stays))?.id ?? null
  }

  const removeNow = (caseId: CaseId) => void notices.attempt(() => call('removeCase', { caseId }))

  /** Removes at once what still could be brought back. */
  function removeLeaving(): void {
    for (const [caseId, timer] of leaving.value) {
      clearTimeout(timer)
      removeNow(caseId)
    }
  }

  function forget(caseIds: ReadonlySet<CaseId>): void {
    leaving.value = new Map([...leaving.value].filter(([id]) => !caseIds.has(id)))
  }

  return {
    cases,
    state,
    failure,
    queueName,
    sort,
    search,
    selectedId,
    shown,
    queued,
    selected,
    counts,
    queue,
    byId,
    load,
    tellLeftOut,
    put,
    drop,
    moveSelection,
    openHit,
    show,
    openNext,
    setLabel,
    remove,
    removeAll,
    removeLeaving,
  }
})

const tooLate = (title: string, along: string): Error =>
  new Error(
    `It is too late to bring ${title} back. ${along ? `Its film can be imported again, but not what went with it: ${along}.` : 'Import it again.'}`,
  )
