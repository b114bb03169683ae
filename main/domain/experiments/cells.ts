import type { Cell, Experiment } from '../../../contract'

/** Everything that an experiment trains, in the order in which it is done: seed by seed. */
export function cellsOf(experiment: Experiment): Cell[] {
  return experiment.seeds.flatMap((seed) =>
    settingsOf(experiment).map(({ method, value }) => ({ id: `${method}-${value}-seed${seed}`, method, value, seed })),
  )
}

function settingsOf(experiment: Experiment): Pick<Cell, 'method' | 'value'>[] {
  const all = (method: Cell['method'], values: readonly number[]) => values.map((value) => ({ method, value }))
  if (experiment.kind === 'condensation') return all('condensation', experiment.pressures)
  const { pressed, pressures, baselines } = experiment
  return [...all(pressed, pressures), ...all('blur', baselines.blur), ...all('jpeg', baselines.jpeg)]
}

/** Steps of a cell by what a step costs. */
export interface Work {
  /** Steps of a classifier alone. */
  readonly classifier: number
  /** Steps of classifier and simplifier together. */
  readonly joint: number
  /** Iterations of a condensation, and epochs of its evaluation nets. */
  readonly condensing: number
}

/** What a step of one kind costs beside a step of a classifier, where nothing closer was measured. */
export const STEP_COST: Work = { classifier: 1, joint: 12, condensing: 40 }

/** Steps of the classifier on plain pictures that condensed ones are compared with, at the most. */
const CONDENSATION_REFERENCE_STEPS = 600
const REFERENCE_STEPS_AN_ITERATION = 3

export function workOf(experiment: Experiment, cell: Cell): Work {
  if (experiment.kind === 'condensation') return { classifier: 0, joint: 0, condensing: experiment.iterations }
  const { warmUpSteps, steps, retrainSteps } = experiment
  if (cell.method === 'blur' || cell.method === 'jpeg')
    return { classifier: warmUpSteps + steps, joint: 0, condensing: 0 }
  return { classifier: warmUpSteps + retrainSteps, joint: steps, condensing: 0 }
}

/** Steps of the classifier on plain originals that every cell of a seed is compared with. */
export function referenceSteps(experiment: Experiment): number {
  if (experiment.kind === 'simplification') return experiment.warmUpSteps + experiment.steps
  return Math.min(CONDENSATION_REFERENCE_STEPS, REFERENCE_STEPS_AN_ITERATION * experiment.iterations)
}

/** Steps of a cell in all. */
export function stepsOf(experiment: Experiment, cell: Cell): number {
  const { classifier, joint, condensing } = workOf(experiment, cell)
  return classifier + joint + condensing
}
