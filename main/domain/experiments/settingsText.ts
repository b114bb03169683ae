import type { CondensationExperiment, Experiment, SimplificationExperiment } from '../../../contract'

/** What the authors did (Schirrmeister et al. 2022). */
export const PAPER_SETTINGS: Readonly<Record<Experiment['kind'], string>> = {
  simplification:
    'The paper trains without a warm start, for 100 passes through the whole training set in batches of 32, with τ 0.1, w_o 1 to 10, rates 0.0005, an L2 penalty of 0.00005 and a multiplier that starts at 0; its classifier is a Wide ResNet 16-2, its flow larger; it reports the last weights.',
  condensation:
    'The paper takes 1000 iterations with 256 real pictures a class and networks of width 128, ten matching steps an iteration where there are 10 pictures a class, and judges by at least 5 nets trained for 300 epochs; its flow is larger.',
}

/** How a run was made; what was reduced against the authors shows beside `PAPER_SETTINGS`. */
export function settingsText(experiment: Experiment): string {
  return experiment.kind === 'simplification' ? ofSimplification(experiment) : ofCondensation(experiment)
}

function ofSimplification(of: SimplificationExperiment): string {
  const kept =
    of.accuracyMargin === null
      ? 'the last weights are taken'
      : `of checkpoints ${of.checkpointEvery} steps apart, the one of fewest bits is taken whose accuracy on validation pictures is at most ${Number((100 * of.accuracyMargin).toFixed(2))} points below the plain classifier’s`
  const averaged = of.averageDecay === 0 ? '' : `, weights averaged with a decay of ${of.averageDecay} a step`
  const retrained =
    of.retrainSteps > 0 ? ` Fresh classifiers learn for ${of.retrainSteps} steps from the simplified pictures.` : ''
  return (
    `${seedsText(of)}; ${of.warmUpSteps} steps of the classifier alone, then ${of.steps} joint steps of ${of.batch} pictures with λ rising over ` +
    `the first ${of.pressureRise}; τ ${of.tau}, w_o ${of.originalWeight}, rates ${of.classifierRate} and ${of.simplifierRate}, L2 of the simplifier ${of.simplifierDecay}, its multiplier from ${of.simplifierStart}${averaged}; ${kept}.${retrained}`
  )
}

function ofCondensation(of: CondensationExperiment): string {
  const { nets, epochs } = of.evaluation
  const falling = of.rateFloor === 1 ? '' : `, the pictures’ rate falling to ${of.rateFloor} of its start`
  return (
    `${seedsText(of)}; ${of.imagesPerClass} ${of.imagesPerClass === 1 ? 'picture' : 'pictures'} a class from ${of.start === 'noise' ? 'noise' : 'real pictures'}, ${of.iterations} iterations of ` +
    `${of.outerLoops} matching ${of.outerLoops === 1 ? 'step' : 'steps'} with ${of.realBatch} real pictures a class, networks of width ${of.width}${falling}; judged by ${nets} fresh nets ` +
    `(mean ± their standard deviation) trained for ${epochs} epochs.`
  )
}

function seedsText({ seeds }: Experiment): string {
  return `${seeds.length === 1 ? 'Seed' : 'Seeds'} ${seeds.join(', ')}`
}
