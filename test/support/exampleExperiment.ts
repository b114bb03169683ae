import { experiment, type CellResult, type Experiment } from '../../contract'

/** A simplification of 40 digits under noise: two pressures, one seed. */
export const exampleExperiment = (changes: Record<string, unknown> = {}): Experiment =>
  experiment.parse({
    kind: 'simplification',
    name: 'tiny',
    title: 'Forty digits under noise',
    data: { set: 'noise', train: 40, validation: 20, test: 20 },
    flow: 'glow-natural-32',
    seeds: [0],
    pressures: [0, 2],
    pressed: 'bits',
    batch: 8,
    warmUpSteps: 10,
    steps: 20,
    pressureRise: 5,
    tau: 0.3,
    originalWeight: 10,
    classifierRate: 0.001,
    simplifierRate: 0.001,
    simplifierWidth: 4,
    classifierWidth: 4,
    baselines: { blur: [], jpeg: [] },
    retrainSteps: 0,
    samples: 4,
    checkpointEvery: 10,
    ...changes,
  })

/** What a cell of it might have shown. */
export const exampleResult = (value: number, changes: Partial<CellResult> = {}): CellResult => ({
  cell: { id: `bits-${value}-seed0`, method: 'bits', value, seed: 0 },
  bpd: { original: 4, simplified: 4 - value, blank: 1 },
  accuracy: { original: 0.9, simplified: 0.95 },
  auc: null,
  reference: { accuracy: 0.96, auc: null },
  retrained: null,
  parts: null,
  spread: null,
  seconds: 30,
  skippedSteps: 0,
  ...changes,
})
