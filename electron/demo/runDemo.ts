import { writeFile } from 'node:fs/promises'
import type { BrowserWindow } from 'electron'
import { SimpleBitsError, type CaseSummary } from '../../contract'
import { ask, type Workstation } from '../../main/compose'
import { click, photograph } from './stage'
import { auditEnded, casesClassified } from './waiting'

export interface DemoFiles {
  readonly worklist: string
  readonly audit: string
  readonly record: string
  readonly report: string
}

export interface DemoStage {
  readonly window: BrowserWindow
  readonly workstation: Workstation
  /** Where the products go; null: somebody watches, nothing is written, and the audit goes on before their eyes. */
  readonly files: DemoFiles | null
}

const tell = (text: string) => {
  console.error(`[demo] ${text}`)
}

export async function runDemo({ window, workstation, files }: DemoStage): Promise<void> {
  tell('waiting for the bundled cases to be classified')
  const cases = await casesClassified(workstation, { unattended: files !== null })
  tell(`${cases.length} films classified`)
  if (files) await photograph(window, files.worklist)

  const chosen = choose(cases)
  await click(window, `[data-case-id="${chosen.id}"]`)
  const start = () => click(window, '[data-action="start-audit"]')
  if (!files) return start()

  // Listening before the click: a quick audit must not end unheard.
  const ended = auditEnded(workstation, chosen.id)
  await Promise.all([ended, start().then(() => tell('the audit has started'))])
  tell('the audit is finished')
  await photograph(window, files.audit)
  const { audit } = await ask(workstation, 'openCase', { caseId: chosen.id })
  if (audit === null) throw new SimpleBitsError('INTERNAL', 'The audit ended, but left no record.')
  await writeFile(files.record, `${JSON.stringify(audit, null, 2)}\n`)
  await ask(workstation, 'exportReport', { caseId: chosen.id, identification: 'pseudonym' })
}

function choose(cases: readonly CaseSummary[]): CaseSummary {
  const misclassified = cases.find((one) => one.misclassified === true)
  const chosen = misclassified ?? cases[0]
  if (chosen === undefined) throw new SimpleBitsError('DATA_MISSING', 'There are no bundled cases to show.')
  tell(misclassified ? `misclassified: ${chosen.title}` : `none is misclassified; taking the first: ${chosen.title}`)
  return chosen
}
