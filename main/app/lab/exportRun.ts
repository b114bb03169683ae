import { SimpleBitsError, type CallParams, type CallResult } from '../../../contract'
import { csvOf } from '../../domain/experiments'
import { buildRunReport } from '../../domain/report'
import type { LabContext } from './deps'
import type { LabDesk } from './labDesk'

/** Asks where to, then writes a run's table, or its report; null where the user cancelled. */
export async function exportRun(
  { lab, results, dialogs, clock, productVersion }: LabContext,
  desk: LabDesk,
  { runId, format }: CallParams<'labExport'>,
): Promise<CallResult<'labExport'>> {
  const details = await desk.details(runId)
  if (details.run.results.length === 0)
    throw new SimpleBitsError(
      'BAD_REQUEST',
      'Nothing of this run is finished yet. Export it when its first result is there.',
    )
  const path = await dialogs.saveFile({ suggestedName: `${runId}.${format}` })
  if (path === null) return null
  if (format === 'csv') await results.text(path, csvOf(details.run))
  else
    await lab.reports.write(buildRunReport({ ...details, createdAt: clock.now().toISOString(), productVersion }), path)
  return { path }
}
