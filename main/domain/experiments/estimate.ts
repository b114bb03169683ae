import type { Cell, Experiment, ExperimentRun } from '../../../contract'
import { cellsOf, referenceSteps, STEP_COST, workOf } from './cells'

/** Pictures a step to which the costs above refer. */
const BATCH = 32

/**
 * Seconds that an experiment will take, from what the cells of earlier runs took under the same flow with networks of the same
 * width; null where there was none. Costs are proportional to steps and batch.
 */
export function estimateSeconds(experiment: Experiment, runs: readonly ExperimentRun[]): number | null {
  const alike = runs.filter((run) => isAlike(run.experiment, experiment) && run.results.length > 0)
  const seconds = sum(alike.flatMap((run) => run.results.map((result) => result.seconds)))
  const cost = sum(
    alike.map((run) =>
      costOf(
        run.experiment,
        run.results.map((result) => result.cell),
      ),
    ),
  )
  return cost > 0 ? (seconds / cost) * costOf(experiment, cellsOf(experiment)) : null
}

function isAlike(measured: Experiment, wanted: Experiment): boolean {
  return measured.flow === wanted.flow && networksOf(measured) === networksOf(wanted)
}

function networksOf(experiment: Experiment): string {
  if (experiment.kind === 'condensation') return `condensation ${experiment.width}`
  return `simplification ${experiment.simplifierWidth} ${experiment.classifierWidth}`
}

/** In steps of a classifier; the first cell of a seed also trains the classifier on originals. */
function costOf(experiment: Experiment, cells: readonly Cell[]): number {
  const seeds = new Set(cells.map(({ seed }) => seed))
  return sum(cells.map((cell) => cellCost(experiment, cell))) + seeds.size * referenceSteps(experiment)
}

function cellCost(experiment: Experiment, cell: Cell): number {
  const { classifier, joint, condensing } = workOf(experiment, cell)
  if (experiment.kind === 'simplification') return (classifier + STEP_COST.joint * joint) * (experiment.batch / BATCH)
  return STEP_COST.condensing * condensing * experiment.outerLoops * (experiment.realBatch / BATCH)
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
