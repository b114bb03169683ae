import { defineStore } from 'pinia'
import { ref } from 'vue'
import { call } from '../api'
import { useNotices } from './notices'
import { useWorklist, type ImportOutcome } from './worklist'

const MOST_PATHS_A_CALL = 1000

/** Bringing films in: by dialog or by dropping them on the window, with progress and a summary that names what failed. */
export const useImporting = defineStore('importing', () => {
  const notices = useNotices()
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
    outcome.value = null
    const result = await notices.attempt(() => inParts(known))
    busy.value = false
    cancelling.value = false
    progress.value = null
    if (!result) return
    outcome.value = result
    await worklist.load()
    // Whoever reads a film is left to it.
    worklist.selectedId ??= result.added[0] ?? null
  }

  /** Any number of paths, so many a call; all of them one import to the user. */
  async function inParts(paths: readonly string[]): Promise<ImportOutcome> {
    let all: ImportOutcome = { added: [], alreadyThere: 0, failed: [], cancelled: false }
    for (let at = 0; at < paths.length && !all.cancelled; at += MOST_PATHS_A_CALL) {
      const part = await call('importFiles', { paths: paths.slice(at, at + MOST_PATHS_A_CALL) })
      all = {
        added: [...all.added, ...part.added],
        alreadyThere: all.alreadyThere + part.alreadyThere,
        failed: [...all.failed, ...part.failed],
        cancelled: part.cancelled,
      }
    }
    return all
  }

  /** What has come in stays; importing the same again brings in the rest. */
  async function cancel(): Promise<void> {
    cancelling.value = true
    await notices.attempt(() => call('cancelImport', null))
  }

  return { progress, busy, cancelling, outcome, pick, bring, cancel }
})
