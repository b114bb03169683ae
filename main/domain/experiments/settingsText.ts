import type { CondensationExperiment, Experiment, SimplificationExperiment } from '../../../contract'

/** How a run was made, beside what the authors did (Schirrmeister et al. 2022; docs/method.md §3, §4), in two sentences. */
export function settingsText(experiment: Experiment): string {
  return experiment.kind === 'simplification' ? ofSimplification(experiment) : ofCondensation(experiment)
}

function ofSimplification(of: SimplificationExperiment): string {
  const kept =
    of.accuracyMargin === null
      ? 'the last weights are taken'
      : `of checkpoints ${of.checkpointEvery} steps apart, the one of fewest bits is taken whose accuracy on validation pictures is at most ${Number((100 * of.accuracyMargin).toFixed(2))} points below the plain classifier’s`
  const retrained =
    of.retrainSteps > 0 ? ` Fresh classifiers learn for ${of.retrainSteps} steps from the simplified pictures.` : ''
  return (
    `${seedsText(of)}; ${of.warmUpSteps} steps of the classifier alone, then ${of.steps} joint steps of ${of.batch} pictures with λ rising over ` +
    `the first ${of.pressureRise}; τ ${of.tau}, w_o ${of.originalWeight}, rates ${of.classifierRate} and ${of.simplifierRate}, L2 of the simplifier ${of.simplifierDecay}, its multiplier from ${of.simplifierStart}; ${kept}.${retrained} ` +
    'The paper: no warm start, 100 passes through the whole training set, batch 32, τ 0.1, rates 0.0005, L2 0.00005, multiplier from 0, a Wide ResNet 16-2 and a larger flow.'
  )
}

function ofCondensation(of: CondensationExperiment): string {
  const { nets, epochs } = of.evaluation
  return (
    `${seedsText(of)}; ${of.imagesPerClass} ${of.imagesPerClass === 1 ? 'picture' : 'pictures'} a class from ${of.start === 'noise' ? 'noise' : 'real pictures'}, ${of.iterations} iterations of ` +
    `${of.outerLoops} matching ${of.outerLoops === 1 ? 'step' : 'steps'} with ${of.realBatch} real pictures a class, networks of width ${of.width}; judged by ${nets} fresh nets ` +
    `(mean ± their standard deviation) trained for ${epochs} epochs. ` +
    'The paper: 1000 iterations, 256 real pictures a class, width 128, at least 5 nets of 300 epochs, ten matching steps an iteration for 10 pictures a class.'
  )
}

function seedsText({ seeds }: Experiment): string {
  return `${seeds.length === 1 ? 'Seed' : 'Seeds'} ${seeds.join(', ')}`
}
