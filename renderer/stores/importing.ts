import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { CallResult } from '../../contract'
import { call } from '../api'
import { count } from '../presentation/words'
import { useNotices } from './notices'
import { useRemoving } from './removing'
import { useWorklist } from './worklist'

export type ImportOutcome = CallResult<'importFiles'>

/** How long the line that says what an import did stays. */
const SUMMARY_MS = 60_000

/** Bringing films in: by dialog or by dropping them on the window, with progress and a summary that names what failed. */
export const useImporting = defineStore('importing', () => {
  const notices = useNotices()
  const removing = useRemoving()
  const worklist = useWorklist()
  const progress = ref<{
    readonly done: number
    readonly total: number
    readonly file: string
    readonly secondsLeft: number | null
  } | null>(null)
  const cancelling = ref(false)
  const busy = ref(false)
  const outcome = ref<ImportOutcome | null>(null)
  /** What failed is read once; the line on what came in stays a while longer. */
  const failuresRead = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  /** One import at a time, and no film is passed over in silence. */
  function mayBegin(): boolean {
    if (busy.value) notices.say('An import is running. Bring further films in when it has ended.')
    return !busy.value
  }

  async function pick(folders: boolean): Promise<void> {
    if (!mayBegin()) return
    const paths = await notices.attempt(() => call('pickFiles', { folders }))
    if (paths && paths.length > 0) await bring(paths)
  }

  async function bring(paths: readonly string[]): Promise<void> {
    if (!mayBegin()) return
    const known = paths.filter((path) => path !== '')
    if (known.length === 0) return notices.say('Nothing that could be imported was dropped.')
    busy.value = true
    dismiss()
    const result = await notices.attempt(() => call('importFiles', { paths: known }))
    busy.value = false
    cancelling.value = false
    progress.value = null
    if (!result) return
    tell(result)
    await worklist.load()
    // Whoever reads a film is left to it.
    worklist.selectedId ??= result.added[0] ?? null
  }

  function tell(result: ImportOutcome): void {
    outcome.value = result
    failuresRead.value = result.failed.length === 0
    if (failuresRead.value) dismissLater()
  }

  function dismissLater(): void {
    clearTimeout(timer)
    timer = setTimeout(dismiss, SUMMARY_MS)
  }

  function dismiss(): void {
    clearTimeout(timer)
    outcome.value = null
  }

  function closeFailures(): void {
    failuresRead.value = true
    dismissLater()
  }

  /** Opens the first of the films that came in. */
  function showAdded(): void {
    const first = outcome.value?.added.find((id) => worklist.byId(id) !== null)
    if (first) worklist.show(first)
  }

  /** Takes off again what came in, but for films on which somebody has worked since. */
  async function undo(): Promise<void> {
    const added = (outcome.value?.added ?? []).flatMap((id) => worklist.byId(id) ?? [])
    const idle = await notices.attempt(() => removing.withoutWork(added))
    if (!idle) return
    dismiss()
    const kept = added.length - idle.length
    const stay =
      kept > 0 ? ` ${count(kept, 'film')} with an audit or a reader's work ${kept === 1 ? 'stays' : 'stay'}.` : ''
    if (idle.length === 0) return notices.say(`Nothing was taken off.${stay}`)
    worklist.removeAll(idle, `${count(idle.length, 'film')} taken off the worklist again.${stay}`)
  }

  // Whoever goes on to another film has seen what came in, or does not ask.
  watch(
    () => worklist.selectedId,
    (id) => {
      if (failuresRead.value && id !== null && outcome.value && !outcome.value.added.includes(id)) dismiss()
    },
  )

  /** What has come in stays; importing the same again brings in the rest. */
  async function cancel(): Promise<void> {
    cancelling.value = true
    await notices.attempt(() => call('cancelImport', null))
  }

  return {
    progress,
    busy,
    cancelling,
    outcome,
    failuresRead,
    pick,
    bring,
    cancel,
    closeFailures,
    showAdded,
    undo,
  }
})
