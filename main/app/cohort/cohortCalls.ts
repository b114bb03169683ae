import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  BUNDLED_FLOW,
  SimpleBitsError,
  type CallParams,
  type CallResult,
  type CallTable,
  type cohortCalls,
  type CohortFilter,
  type CohortOverview,
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

/** What the cohort stands on beside the workstation. */
export interface CohortDeps {
  readonly reports: CohortReportWriter
}

interface CohortContext extends CohortDeps {
  /** The worklist as it is now, as far as these models have decided and measured. */
  readonly films: (by: ModelsInUse) => Promise<CohortFilm[]>
  readonly models: Pick<ModelStore, 'describe'>
  readonly classifiers: { readonly inUse: Pick<ClassifierInUse, 'get'> }
  readonly results: ResultFiles
  readonly dialogs: UserDialogs
  readonly clock: Clock
  readonly productVersion: string
}

/** The cohort's part of what the window can ask. */
export function cohortCallsOf(context: CohortContext): CallTable<keyof typeof cohortCalls> {
  return {
    cohort: async ({ filter }) => overviewOf(await momentOf(context, filter)),
    cohortAt: async ({ filter, threshold }) => {
      const { films } = await momentOf(context, filter)
      await nextTurn()
      return cohortAtThreshold(films, threshold)
    },
    cohortExport: (request) => exportCohort(context, request),
  }
}

/** Everything that figures are counted from, as it is at one moment. */
interface Moment {
  readonly worklist: readonly CohortFilm[]
  readonly filter: CohortFilter
  /** Those of the worklist that pass the filter and have both words on them. */
  readonly films: readonly RatedFilm[]
  readonly classifier: CohortOverview['classifier']
  readonly threshold: number
}

async function momentOf({ films, models, classifiers }: CohortContext, filter: CohortFilter): Promise<Moment> {
  const classifier = await classifiers.inUse.get()
  const { name, sha256, threshold } = classifier
  const { sha256: flow } = await models.describe(BUNDLED_FLOW)
  const worklist = await films({ classifier, flow })
  const rated = ratedFilms(filteredFilms(worklist, filter))
  return { worklist, filter, films: rated, classifier: { name, sha256 }, threshold }
}

function overviewOf({ worklist, filter, classifier, threshold }: Moment): Promise<CohortOverview> {
  return cohortOverview(worklist, { filter, classifier, threshold, auc: cohortAuc })
}

/** @throws SimpleBitsError BAD_REQUEST where no film counts */
async function momentToExport(context: CohortContext, filter: CohortFilter): Promise<Moment> {
  const moment = await momentOf(context, filter)
  if (moment.films.length > 0) return moment
  throw new SimpleBitsError('BAD_REQUEST', 'No film here has both a report label and a decision: nothing to export.')
}

/**
 * Asks where to, then writes the figures, the films behind them, or the report, all as they are then: the worklist may change
 * while the dialog is open. Null where the user cancelled.
 */
async function exportCohort(
  context: CohortContext,
  { filter, threshold, format }: CallParams<'cohortExport'>,
): Promise<CallResult<'cohortExport'>> {
  // Nobody is asked where to put nothing.
  await momentToExport(context, filter)
  const suggestedName = `simplebits-cohort-${format}.${format === 'pdf' ? 'pdf' : 'csv'}`
  const path = await context.dialogs.saveFile({ suggestedName })
  if (path === null) return null
  const moment = await momentToExport(context, filter)
  const { films, classifier } = moment
  const overview = await overviewOf(moment)
  await nextTurn()
  const at = cohortAtThreshold(films, threshold)
  await nextTurn()
  const { productVersion, results } = context
  const made = { classifier, createdAt: context.clock.now().toISOString() }
  if (format === 'films') await results.text(path, filmsCsv(films, { tried: threshold, own: moment.threshold }, made))
  else if (format === 'figures') await results.text(path, figuresCsv(overview, at, made))
  else await context.reports.write(buildCohortReport({ overview, at, films, filter, ...made, productVersion }), path)
  return { path }
}
