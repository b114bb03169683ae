import { experiment, issuesOf, SimpleBitsError, type Experiment } from '../../../contract'

/**
 * What an experiment's file says, checked.
 *
 * @throws SimpleBitsError BAD_REQUEST, naming every field that is wrong
 */
export function checkedExperiment(given: unknown): Experiment {
  const parsed = experiment.safeParse(given)
  if (parsed.success) return parsed.data
  throw new SimpleBitsError(
    'BAD_REQUEST',
    `The experiment is wrong. ${issuesOf(parsed.error, 'experiment').join('; ')}`,
  )
}
