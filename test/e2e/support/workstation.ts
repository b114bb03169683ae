import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'

/** The repository: the folder that Electron is given as the app. */
export const repository = resolve(import.meta.dirname, '../../..')

/** The real app in a window of its own, on a fresh store. */
export interface RunningWorkstation {
  readonly app: ElectronApplication
  readonly page: Page
  /** A folder for the test's own files; gone when the app is closed. */
  readonly scratch: string
  /** What the app has written to stderr so far. */
  log(): string
  close(): Promise<void>
}

/** Opens the store of every test without a question. */
export const TEST_PASSPHRASE = 'a passphrase of tests'

export async function startWorkstation(
  options: { readonly passphrase?: string; readonly store?: string; readonly models?: string } = {},
): Promise<RunningWorkstation> {
  const scratch = mkdtempSync(join(tmpdir(), 'simplebits-e2e-'))
  const { passphrase = TEST_PASSPHRASE, store = join(scratch, 'store') } = options
  const app = await _electron.launch({
    executablePath: electronPath(),
    // Chromium's sandbox refuses to run as root.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--js-flags=--expose-gc', repository],
    cwd: repository,
    env: {
      ...definedEnvironment(),
      ...{ SIMPLEBITS_TEST: '1', SIMPLEBITS_STORE: store, SIMPLEBITS_STORE_PASSPHRASE: passphrase },
      // Models that take the place of the product's of the same name.
      ...(options.models ? { SIMPLEBITS_MODELS: options.models } : {}),
    },
  })
  let log = ''
  app.process().stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()))
  const page = await app.firstWindow()
  // A test that reloads must not do so while the window is still loading for the first time.
  await page.waitForLoadState('load')
  await resize(app, 1600, 1000)
  return {
    app,
    page,
    scratch,
    log: () => log,
    async close() {
      await app.close()
      await rm(scratch, { recursive: true, force: true })
    },
  }
}

/** Sets the size of the window's content. */
export async function resize(app: ElectronApplication, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    {
      width,
      height,
    },
  )
}

/** What the native dialogs answer from now on; null: the user cancels. */
export async function answerDialogs(
  app: ElectronApplication,
  answers: { readonly open?: readonly string[] | null; readonly save?: string | null },
): Promise<void> {
  await app.evaluate((_electronModule, { open, save }) => {
    if (open) process.env['SIMPLEBITS_DIALOG_OPEN'] = open.join('\n')
    else delete process.env['SIMPLEBITS_DIALOG_OPEN']
    if (save) process.env['SIMPLEBITS_DIALOG_SAVE'] = save
    else delete process.env['SIMPLEBITS_DIALOG_SAVE']
  }, answers)
}

/** Process ids of the app's children whose command line names `what` (Linux). */
export function childProcesses(app: ElectronApplication, what: string): number[] {
  const parent = app.process().pid
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(/\s+/).filter(Boolean)
  return children.map(Number).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(what)
    } catch {
      return false
    }
  })
}

/** The runtime that the set-up found: from its environment, else from the note it left. */
function electronPath(): string {
  const told = process.env['SIMPLEBITS_ELECTRON']
  if (told) return told
  const note: unknown = JSON.parse(readFileSync(join(repository, 'out/setup.json'), 'utf8'))
  if (note && typeof note === 'object' && 'electron' in note) {
    const { electron } = note
    if (electron && typeof electron === 'object' && 'path' in electron && typeof electron.path === 'string')
      return electron.path
  }
  throw new Error('The set-up has left no Electron runtime. Run: npm run setup')
}

const definedEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
