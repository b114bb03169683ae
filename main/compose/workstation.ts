import type { ChildProcess } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { SimpleBitsError, type BackendChoice } from '../../contract'
import { version as productVersion } from '../../package.json'
import { bundledCases, bundledOpinions } from '../adapters/bundled'
import { createEngineClient, launchEngine } from '../adapters/engineClient'
import { installedFolder, resultFiles, userDataFolder } from '../adapters/files'
import { labCatalogue } from '../adapters/labCatalogue'
import { createLogger } from '../adapters/log'
import { pngPictureWriter } from '../adapters/pictures'
import { pdfCohortReportWriter, pdfReportWriter, pdfRunReportWriter } from '../adapters/report'
import { folderRunStore, withBundledRuns } from '../adapters/runs'
import { adoptOldFolder, folderKeys, openLibsqlStore, throwAwayKeys } from '../adapters/store'
import { csvTables } from '../adapters/tables'
import { createModelStore, modelRoots } from '../adapters/weights'
import { createWorkstation, openGate, type Workstation } from '../app'
import type { CaseStore, FilmWindow, Logger, OsKeyStore, UserDialogs } from '../ports'
import { chosenData } from './dataFolder'
import { classifierShelf } from './ownClassifiers'
import { filmPool, systemClock, terminalLog } from './parts'
import { takePassphrase } from './passphrase'

interface DesktopOptions {
  /** Where the store and the log lie. */
  readonly userData: string
  /** The folder that holds models/ and demo/, where it is not the one of the installation. */
  readonly resources?: string
  readonly dialogs: UserDialogs
  readonly filmWindow: FilmWindow
  /** The desktop's key store; null where no real one answers. */
  readonly osKeyStore: () => OsKeyStore | null
  /** The store's key lives in memory only: nobody can open the store after this run. For demonstrations. */
  readonly throwAway: boolean
}

/** The workstation as the desktop's main side serves it, behind the lock of its store. Close it before the app ends. */
export function composeWorkstation(options: DesktopOptions): Workstation {
  const { userData, osKeyStore } = options
  const log = createLogger({
    file: join(userData, 'logs', 'workstation.log'),
    level: process.env['SIMPLEBITS_LOG'] ?? 'info',
  })
  return openGate({
    keys: options.throwAway ? throwAwayKeys() : folderKeys(userData, osKeyStore),
    os: osKeyStore,
    passphrase: takePassphrase(process.env),
    folder: userData,
    open: (key) => openWorkstation(options, key, log),
    log,
  })
}

interface OpenOptions {
  readonly userData: string
  readonly resources?: string
  readonly dialogs: UserDialogs
  readonly filmWindow?: FilmWindow
  /** Nothing happens by itself: no engine starts, no bundled film comes in. */
  readonly atRest?: boolean
  readonly backend?: BackendChoice
}

async function openWorkstation(options: OpenOptions, key: Buffer, log: Logger): Promise<Workstation> {
  const store = await openLibsqlStore(options.userData, { key, log })
  try {
    await adoptOldFolder(options.userData, store, log)
    return await workstationOn(store, options, log)
  } catch (error) {
    // Else a second try would meet this process's own lock.
    await store.close()
    throw error
  }
}

async function workstationOn(store: CaseStore, options: OpenOptions, log: Logger): Promise<Workstation> {
  const { userData, resources, dialogs, filmWindow = null, atRest = false } = options
  const models = modelRoots(process.env, { root: resources, userData })
  let backend = options.backend ?? 'auto'
  const launch = () => launchEngine({ backend, models })
  const modelStore = createModelStore(models, (name, error) =>
    log.warn({ model: name, problem: error.message }, 'model refused'),
  )
  const data = chosenData(process.env)
  return createWorkstation({
    engine: createEngineClient({ launch, log }),
    lab: {
      engine: createEngineClient({ launch: () => behind(launch()), log }),
      runs: withBundledRuns(folderRunStore(join(userData, 'runs')), installedFolder('docs/results', resources)),
      catalogue: labCatalogue({ data: data.folder, resources, models: modelStore, log }),
      data,
      reports: pdfRunReportWriter,
    },
    cohort: { reports: pdfCohortReportWriter },
    chooseBackend: (choice) => (backend = options.backend ?? choice),
    store,
    films: filmPool(),
    models: modelStore,
    classifiers: classifierShelf({ models: modelStore, roots: models, userData, log }),
    pictures: pngPictureWriter,
    reports: pdfReportWriter,
    results: resultFiles,
    tables: csvTables,
    guide: installedFolder('docs/own-classifier.md', resources),
    dialogs,
    filmWindow,
    clock: systemClock,
    log,
    bundled: atRest ? [] : await bundledCases(resources),
    atRest,
    opinions: await bundledOpinions(resources),
    product: { version: productVersion, platform: process.platform, electron: process.versions['electron'] ?? '' },
  })
}

interface TerminalStoreOptions {
  readonly folder: string
  readonly backend: BackendChoice
  /** May a store be made where there is none? */
  readonly mayCreate: boolean
  /** Of a store that is made: its key in clear beside it. An explicit choice of the user. */
  readonly unprotected: boolean
  /** From the environment or asked on the terminal; null where neither is possible. */
  readonly passphrase: (isNew: boolean) => Promise<string | null>
  /** Where a report goes that the workstation would ask the user to place. */
  readonly reportPath: (suggestedName: string) => string
}

/** The store as the command line uses it: the same workstation that stands behind the window. Close it at the end. */
export async function openTerminalStore(options: TerminalStoreOptions): Promise<Workstation> {
  const log = terminalLog()
  const key = await terminalKey(options)
  const dialogs: UserDialogs = {
    openFiles: async () => null,
    saveFile: async ({ suggestedName }) => options.reportPath(suggestedName),
    showInFolder: async () => undefined,
  }
  return openWorkstation({ userData: options.folder, dialogs, atRest: true, backend: options.backend }, key, log)
}

async function terminalKey({ folder, mayCreate, unprotected, passphrase }: TerminalStoreOptions): Promise<Buffer> {
  const keys = folderKeys(folder, () => null)
  const isNew = (await keys.protections()) === null
  if (isNew && !mayCreate)
    throw new SimpleBitsError('FILE_NOT_FOUND', `There is no store in ${folder} yet. Import films into it first.`)
  const open = isNew ? null : await keys.openWithout()
  if (open) return open
  if (isNew && unprotected) return keys.create({ kind: 'clear' })
  const word = await passphrase(isNew)
  if (word === null)
    throw new SimpleBitsError(
      'STORE_LOCKED',
      isNew
        ? 'A new store needs a passphrase: set SIMPLEBITS_STORE_PASSPHRASE, or add --unprotected to keep its key in clear beside it.'
        : 'The store is locked: set SIMPLEBITS_STORE_PASSPHRASE.',
    )
  return isNew ? keys.create({ kind: 'passphrase', passphrase: word }) : keys.openWith(word)
}

/** The folder that the app uses by itself on this computer. */
export function usualStoreFolder(): string {
  return userDataFolder(process.env)
}

/** A training gives way to audits and to everything else on the machine. */
function behind(child: ChildProcess): ChildProcess {
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  return child
}
