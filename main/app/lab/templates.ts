import type { CallResult, Experiment, ExperimentRun, LabTemplate } from '../../../contract'
import { checkedExperiment, estimateSeconds, problemsOf } from '../../domain/experiments'
import type { LabDeps } from './deps'

/** Experiments that come with the product, with what they will take and what they lack here. */
export async function labTemplates(lab: LabDeps): Promise<LabTemplate[]> {
  const [templates, measured] = await Promise.all([lab.catalogue.templates(), measuredRuns(lab)])
  return Promise.all(templates.map(({ file, experiment }) => templateOf({ lab, measured }, experiment, file)))
}

/** The same for an experiment that is being built, or what is wrong with it. */
export async function labEstimate(lab: LabDeps, given: unknown): Promise<CallResult<'labEstimate'>> {
  const problems = problemsOf(given)
  if (problems.length > 0) return { template: null, problems }
  const experiment = checkedExperiment(given)
  return { template: await templateOf({ lab, measured: await measuredRuns(lab) }, experiment, ''), problems: [] }
}

interface Measured {
  readonly here: readonly ExperimentRun[]
  readonly elsewhere: readonly ExperimentRun[]
}

async function measuredRuns({ runs, catalogue }: LabDeps): Promise<Measured> {
  const [all, elsewhere] = await Promise.all([runs.list(), catalogue.publishedRuns()])
  // what came with the program is among the runs, and was not measured on this machine
  const published = new Set(elsewhere.map(({ id, startedAt }) => `${id} ${startedAt}`))
  return { here: all.filter(({ id, startedAt }) => !published.has(`${id} ${startedAt}`)), elsewhere }
}

async function templateOf(
  { lab, measured }: { lab: LabDeps; measured: Measured },
  experiment: Experiment,
  file: string,
): Promise<LabTemplate> {
  const here = estimateSeconds(experiment, measured.here)
  const estimate = here ?? estimateSeconds(experiment, measured.elsewhere)
  const missing = await lab.catalogue.missing(experiment)
  return { experiment, file, estimateSeconds: estimate, measuredHere: here !== null, missing }
}
