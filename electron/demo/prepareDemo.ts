import { mkdirSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { app, type BrowserWindow } from 'electron'
import { scriptedDialogs } from '../dialogs'
import type { UserDialogs, Workstation } from '../../main/compose'
import { runDemo } from './runDemo'

export interface Demo {
  /** A fresh folder: the demonstration never touches the user's own cases. */
  readonly store: string
  /** Answer as a user would who wants the report in the output folder; the desktop's own ones where somebody watches. */
  readonly dialogs: UserDialogs | null
  run(stage: { readonly window: BrowserWindow; readonly workstation: Workstation }): Promise<void>
  /** Removes the store (Chromium writes a few settings of its own after that). */
  close(): Promise<void>
}

/**
 * The demonstration: the bundled cases, the first misclassified one opened and audited. With a folder it leaves pictures,
 * record and report there and ends the app: 0 done, 1 failed (the reason on stderr).
 */
export function prepareDemo(out: string | null): Demo {
  const store = mkdtempSync(join(tmpdir(), 'simplebits-demo-'))
  const close = () => rm(store, { recursive: true, force: true, maxRetries: 3 })
  if (out === null) return { store, dialogs: null, run: (stage) => runDemo({ ...stage, files: null }), close }

  const folder = resolve(out)
  mkdirSync(folder, { recursive: true })
  const file = (name: string) => join(folder, name)
  const files = {
    worklist: file('worklist.png'),
    audit: file('audit.png'),
    record: file('audit.json'),
    report: file('report.pdf'),
  }
  return {
    store,
    dialogs: scriptedDialogs({ open: () => null, save: () => files.report }),
    close,
    async run(stage) {
      await runDemo({ ...stage, files })
      for (const path of Object.values(files)) console.log(path)
      app.quit()
    },
  }
}
