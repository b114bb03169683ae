import {
  SimpleBitsError,
  type CallParams,
  type CallResult,
  type CohortFilter,
  type WorkstationCall,
} from '../../../contract'
import {
  cohortAtThreshold,
  cohortOverview,
  figuresCsv,
  filmsCsv,
  filteredFilms,
  ratedFilms,
  type CohortFilm,
} from '../../domain/cohort'
import { buildCohortReport } from '../../domain/report'
import type { Clock, CohortReportWriter, ResultFiles, UserDialogs } from '../../ports'
import type { ClassifierInUse } from '../ownClassifiers'
import { cohortAuc } from './cohortAuc'

type CohortCall = Extract<WorkstationCall, `cohort${string}`>
type CohortCalls = { readonly [C in CohortCall]: (params: CallParams<C>) => Promise<CallResult<C>> }

/** Where exports go. */
export interface CohortDeps {
  readonly results: ResultFiles
  readonly reports: CohortReportWriter
}

export interface CohortContext extends CohortDeps {
  /** The worklist as it is now. */
  readonly films: () => CohortFilm[]
  readonly classifiers: { readonly inUse: Pick<ClassifierInUse, 'get'> }
  readonly dialogs: UserDialogs
  readonly clock: Clock
  readonly productVersion: string
}

/** The cohort's part of what the window can ask. */
export function cohortCallsOf(context: CohortContext): CohortCalls {
  return {
    cohort: ({ filter }) => overviewOf(context, filter),
    cohortAt: async ({ filter, threshold }) => cohortAtThreshold(rated(context, filter), threshold),
    cohortExport: (request) => exportCohort(context, request),
  }
}

const rated = ({ films }: CohortContext, filter: CohortFilter) => ratedFilms(filteredFilms(films(), filter))

async function overviewOf(context: CohortContext, filter: CohortFilter): Promise<CallResult<'cohort'>> {
  const { threshold } = await context.classifiers.inUse.get()
  return cohortOverview(context.films(), { filter, threshold, auc: cohortAuc })
}

/** Asks where to, then writes the figures, the films behind them, or the report; null where the user cancelled. */
async function exportCohort(
  context: CohortContext,
  { filter, threshold, format }: CallParams<'cohortExport'>,
): Promise<CallResult<'cohortExport'>> {
  const films = rated(context, filter)
  if (films.length === 0)
    throw new SimpleBitsError('BAD_REQUEST', 'No film here has both a report label and a decision: nothing to export.')
  const suggestedName = `simplebits-cohort-${format}.${format === 'pdf' ? 'pdf' : 'csv'}`
  const path = await context.dialogs.saveFile({ suggestedName })
  if (path === null) return null
  if (format === 'films') await context.results.text(path, filmsCsv(films, threshold))
  else {
    const overview = await overviewOf(context, filter)
    const at = cohortAtThreshold(films, threshold)
    if (format === 'figures') await context.results.text(path, figuresCsv(overview, at))
    else {
      const createdAt = context.clock.now().toISOString()
      const { productVersion } = context
      await context.reports.write(buildCohortReport({ overview, at, films, filter, createdAt, productVersion }), path)
    }
  }
  return { path }
}
