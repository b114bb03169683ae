import {
  BUNDLED_FLOW,
  SimpleBitsError,
  type CallParams,
  type CallResult,
  type CohortFilter,
  type Sha256,
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
  type RatedFilm,
} from '../../domain/cohort'
import { buildCohortReport } from '../../domain/report'
import type { Clock, CohortReportWriter, ModelStore, ResultFiles, UserDialogs } from '../../ports'
import type { ClassifierInUse } from '../ownClassifiers'
import { cohortAuc } from './cohortAuc'
import type { ModelsInUse } from './worklistFilms'

type CohortCall = Extract<WorkstationCall, `cohort${string}`>
type CohortCalls = { readonly [C in CohortCall]: (params: CallParams<C>) => Promise<CallResult<C>> }

/** Where exports go. */
export interface CohortDeps {
  readonly results: ResultFiles
  readonly reports: CohortReportWriter
}

export interface CohortContext extends CohortDeps {
  /** The worklist as it is now, as far as these models have decided and measured. */
  readonly films: (by: ModelsInUse) => CohortFilm[]
  readonly models: Pick<ModelStore, 'describe'>
  readonly classifiers: { readonly inUse: Pick<ClassifierInUse, 'get'> }
  readonly dialogs: UserDialogs
  readonly clock: Clock
  readonly productVersion: string
}

/** The cohort's part of what the window can ask. */
export function cohortCallsOf(context: CohortContext): CohortCalls {
  return {
    cohort: ({ filter }) => overviewOf(context, filter),
    cohortAt: async ({ filter, threshold }) => cohortAtThreshold(await rated(context, filter), threshold),
    cohortExport: (request) => exportCohort(context, request),
  }
}

async function rated(context: CohortContext, filter: CohortFilter): Promise<RatedFilm[]> {
  const { sha256 } = await context.classifiers.inUse.get()
  return ratedFilms(filteredFilms(await filmsBy(context, sha256), filter))
}

async function filmsBy({ films, models }: CohortContext, classifier: Sha256): Promise<CohortFilm[]> {
  const { sha256: flow } = await models.describe(BUNDLED_FLOW)
  return films({ classifier, flow })
}

async function overviewOf(context: CohortContext, filter: CohortFilter): Promise<CallResult<'cohort'>> {
  const { name, sha256, threshold } = await context.classifiers.inUse.get()
  const classifier = { name, sha256 }
  return cohortOverview(await filmsBy(context, sha256), { filter, classifier, threshold, auc: cohortAuc })
}

/** Asks where to, then writes the figures, the films behind them, or the report; null where the user cancelled. */
async function exportCohort(
  context: CohortContext,
  { filter, threshold, format }: CallParams<'cohortExport'>,
): Promise<CallResult<'cohortExport'>> {
  const films = await rated(context, filter)
  if (films.length === 0)
    throw new SimpleBitsError('BAD_REQUEST', 'No film here has both a report label and a decision: nothing to export.')
  const suggestedName = `simplebits-cohort-${format}.${format === 'pdf' ? 'pdf' : 'csv'}`
  const path = await context.dialogs.saveFile({ suggestedName })
  if (path === null) return null
  const overview = await overviewOf(context, filter)
  const at = cohortAtThreshold(films, threshold)
  const { productVersion, results } = context
  const made = { classifier: overview.classifier, createdAt: context.clock.now().toISOString() }
  if (format === 'films') await results.text(path, filmsCsv(films, threshold, made))
  else if (format === 'figures') await results.text(path, figuresCsv(overview, at, made))
  else await context.reports.write(buildCohortReport({ overview, at, films, filter, ...made, productVersion }), path)
  return { path }
}
