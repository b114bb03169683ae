import type { Experiment } from '../../../contract'

/** Enough to hold every class. */
const FEW = { train: 200, validation: 20, test: 20 }

/** The same experiment with one step of everything on a few pictures: shows that it would run, at its own sizes. */
export function dryRunOf(experiment: Experiment): Experiment {
  const least = (list: readonly number[]) => list.slice(-1)
  const common = { data: { ...experiment.data, ...FEW }, seeds: experiment.seeds.slice(0, 1), checkpointEvery: 1 }
  const pressures = least(experiment.pressures)
  if (experiment.kind === 'condensation')
    return {
      ...experiment,
      ...common,
      pressures,
      iterations: 1,
      outerLoops: 1,
      innerLoops: 1,
      realBatch: Math.min(experiment.realBatch, 4),
      evaluation: { ...experiment.evaluation, nets: 1, epochs: 1 },
    }
  const baselines = { blur: least(experiment.baselines.blur), jpeg: least(experiment.baselines.jpeg) }
  return {
    ...experiment,
    ...common,
    pressures,
    baselines,
    batch: Math.min(experiment.batch, 8),
    warmUpSteps: 1,
    steps: 1,
    samples: 4,
    retrainSteps: Math.min(experiment.retrainSteps, 1),
  }
}
