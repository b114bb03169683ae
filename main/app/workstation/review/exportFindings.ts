import { SimpleBitsError, type CallResult } from '../../../../contract'
import { findingsCsv, type ReadCase } from '../../../domain/review'
import { pseudonym } from '../../../domain/report'
import { inTurns, type Worklist } from '../../worklist'
import type { WorkstationDeps } from '../deps'

/** Asks where to, then writes every given finding as CSV; null where the user cancelled. */
export async function exportFindings(
  { store, dialogs, results, clock }: WorkstationDeps,
  worklist: Worklist,
): Promise<CallResult<'reviewExport'>> {
  const cases: ReadCase[] = []
  for await (const { id, sha256, reportLabel } of inTurns(worklist.stored()))
    cases.push({ pseudonym: pseudonym(sha256), reportLabel, findings: await store.findings(id) })
  if (!cases.some(({ findings }) => findings.some(({ state }) => state === 'given')))
    throw new SimpleBitsError('BAD_REQUEST', 'No finding has been given yet. Save one in the Finding tab first.')
  const day = clock.now().toISOString().slice(0, 10)
  const path = await dialogs.saveFile({ suggestedName: `simplebits-findings-${day}.csv` })
  if (path === null) return null
  await results.text(path, findingsCsv(cases))
  return { path }
}
