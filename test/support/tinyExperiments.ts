const counts = { train: 40, validation: 8, test: 12 }

/** An experiment of seconds: two pressures, a baseline, retraining. */
export const tinySimplification = {
  kind: 'simplification',
  name: 'tiny',
  title: 'A run of seconds.',
  data: { set: 'side-by-side', label: 'digit', ...counts },
  flow: 'glow-small',
  seeds: [1],
  pressures: [0, 1],
  pressed: 'bits',
  batch: 4,
  warmUpSteps: 4,
  steps: 8,
  pressureRise: 4,
  tau: 5,
  originalWeight: 1,
  accuracyMargin: 1,
  classifierRate: 0.002,
  simplifierRate: 0.002,
  simplifierWidth: 4,
  classifierWidth: 4,
  baselines: { blur: [1], jpeg: [30] },
  retrainSteps: 4,
  samples: 3,
  checkpointEvery: 4,
}

/** A condensation of seconds. */
export const tinyCondensation = {
  kind: 'condensation',
  name: 'tiny-condensation',
  title: 'A condensation of seconds.',
  data: { set: 'digits', ...counts, train: 90 },
  flow: 'glow-small',
  seeds: [1],
  pressures: [0, 10],
  imagesPerClass: 1,
  iterations: 3,
  outerLoops: 1,
  innerLoops: 1,
  realBatch: 4,
  width: 4,
  start: 'noise',
  evaluation: { nets: 2, epochs: 2, rate: 0.01 },
  checkpointEvery: 1,
}
