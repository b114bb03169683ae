import PQueue from 'p-queue'
import { DEFAULT_SETTINGS, type Settings } from '../../../contract'
import type { Worklist } from '../worklist'
import type { WorkstationDeps } from './deps'
import { createReadiness, type Readiness } from './readyForAudits'

/** The user's settings, and what follows from each of them: backend, data folder, readiness for audits, the reader's queues. */
export interface SettingsDesk {
  get(): Settings
  /** Kept in the store before anything follows from it. @throws SimpleBitsError WRITE_FAILED */
  set(change: Partial<Settings>): Promise<Settings>
  /** Null where nothing happens by itself. */
  readonly readiness: Readiness | null
}

/** The settings as the store has them, at work. `worklist`: is told of another reader. */
export async function openSettings(deps: WorkstationDeps, worklist: Pick<Worklist, 'setRules'>): Promise<SettingsDesk> {
  let settings: Settings = { ...DEFAULT_SETTINGS, ...(await deps.store.settings()) }
  deps.chooseBackend(settings.backend)
  if (settings.dataFolder !== null) deps.lab.data.use(settings.dataFolder)
  const readiness = deps.atRest ? null : createReadiness(deps, () => settings.objective)
  const changes = new PQueue({ concurrency: 1 })
  const changeTo = async (next: Settings): Promise<Settings> => {
    await deps.store.saveSettings(next)
    const before = settings
    settings = next
    worklist.setRules({ reader: settings.reader })
    if (settings.objective !== before.objective) readiness?.again()
    if (settings.backend !== before.backend) {
      deps.chooseBackend(settings.backend)
      void deps.engine.restart()
    }
    return settings
  }
  return {
    readiness,
    get: () => settings,
    // One after the other: each starts from what the one before it left.
    set: (change) => changes.add(() => changeTo({ ...settings, ...change })),
  }
}
