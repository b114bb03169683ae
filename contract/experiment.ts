import { z } from 'zod'
import { byteArray } from './binary'
import { wireError } from './errors'
import { modelName } from './ids'
import { progress } from './progress'

/**
 * An experiment of the training lab: what its file says (`experiments/*.json`), what a run folder holds, and what a run
 * streams. Every key is refused by name where it is unknown or out of range.
 */
const share = z.number().min(0).max(1)
const count = z.number().int().positive()
const counts = { train: count, validation: count, test: count }

/** What is trained on. Films come from the shared chest radiographs, digits, clothing and photos from IDX files. */
const experimentData = z.discriminatedUnion('set', [
  z.strictObject({ set: z.literal('digits'), ...counts }),
  z.strictObject({ set: z.literal('clothing'), ...counts }),
  z.strictObject({ set: z.literal('photos'), ...counts }),
  /** Chest radiographs; the target is a column of their table. */
  z.strictObject({
    set: z.literal('radiographs'),
    target: z.enum(['effusion', 'sex']),
    size: z.enum(['32', '64', '128']),
    ...counts,
  }),
  /** A digit beside a piece of clothing, each half the picture's width. */
  z.strictObject({ set: z.literal('side-by-side'), label: z.enum(['digit', 'clothing']), ...counts }),
  /** A digit blended half and half with a photo in grey. */
  z.strictObject({ set: z.literal('blend'), label: z.enum(['digit', 'photo']), ...counts }),
  /** A digit under uniform noise. */
  z.strictObject({ set: z.literal('noise'), ...counts }),
  /** A photo under sine stripes. */
  z.strictObject({ set: z.literal('stripes'), ...counts }),
  /** PNG files listed in a CSV table with the columns `file`, `label` and, where known, `patient`. */
  z.strictObject({ set: z.literal('png-folder'), folder: z.string(), table: z.string(), size: count, ...counts }),
  /** DICOM files listed in the same kind of table. */
  z.strictObject({ set: z.literal('dicom-folder'), folder: z.string(), table: z.string(), size: count, ...counts }),
])
export type ExperimentData = z.infer<typeof experimentData>

const common = {
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  /** One sentence for the list of experiments. */
  title: z.string().min(1).max(200),
  data: experimentData,
  /** The flow that counts the bits. */
  flow: modelName,
  seeds: z.array(z.number().int().nonnegative()).min(1),
}

/** Simplification during training (method §6): a joint training for every pressure and seed, and baselines beside it. */
export const simplificationExperiment = z.strictObject({
  kind: z.literal('simplification'),
  ...common,
  /** Weights of the bits, λ; 0 is no simplification. */
  pressures: z.array(z.number().min(0)).min(1),
  /** What is pressed: the flow's bits, or the squared distance from mean grey (the L2 baseline). */
  pressed: z.enum(['bits', 'l2']),
  batch: count,
  /** Steps of the classifier alone, before the simplifier begins. */
  warmUpSteps: z.number().int().nonnegative(),
  /** Steps of the joint training. */
  steps: count,
  /** Joint steps over which λ rises from 0. */
  pressureRise: z.number().int().nonnegative(),
  /** Gate: bits are pressed while the loss on the original is below τ. */
  tau: z.number().positive(),
  /** Weight of the loss on the originals, w_o. */
  originalWeight: z.number().nonnegative(),
  /**
   * Of a training's checkpoints the one of fewest bits is kept whose accuracy on validation pictures, simplified and original, is at
   * most this much below that of the classifier trained on originals; the last one where none is, or where this is null.
   */
  accuracyMargin: share.nullable().default(null),
  classifierRate: z.number().positive(),
  simplifierRate: z.number().positive(),
  /**
   * L2 penalty of the simplifier. While its multiplier is near 0, so is the gradient of its layers, and the penalty may be most of what
   * Adam sees: short trainings go without.
   */
  simplifierDecay: z.number().nonnegative().default(5e-5),
  /**
   * What the simplifier's output is multiplied by at the start. From the authors' 0, where its layers get no gradient, trainings of some
   * hundred steps were seen to stay at the identity.
   */
  simplifierStart: z.number().nonnegative().default(0),
  /** Of the moving averages of all weights that are measured and kept, a step; 0: the weights as they are. */
  averageDecay: z.number().min(0).lt(1).default(0),
  /** Width of the simplifier's first stage, and of the classifier's. */
  simplifierWidth: count,
  classifierWidth: count,
  /** Pictures of the same bits, made cheaply: blur in pixels, JPEG qualities. Each trains and tests a fresh classifier. */
  baselines: z.strictObject({ blur: z.array(z.number().positive()), jpeg: z.array(z.number().int().min(1).max(100)) }),
  /** Steps of fresh classifiers trained on the simplified pictures; 0: none. */
  retrainSteps: z.number().int().nonnegative(),
  /** Pairs of pictures that are kept. */
  samples: z.number().int().min(1).max(64),
  checkpointEvery: count,
})
export type SimplificationExperiment = z.infer<typeof simplificationExperiment>

/** Condensation (method §7): a set of a few pictures a class for every weight of the bits and seed. */
const condensationExperiment = z.strictObject({
  kind: z.literal('condensation'),
  ...common,
  /** Weights of the bits, w; 0 is plain gradient matching. */
  pressures: z.array(z.number().min(0)).min(1),
  imagesPerClass: count,
  iterations: count,
  outerLoops: count,
  innerLoops: count,
  /** Real pictures a class and matching step. */
  realBatch: count,
  width: count,
  start: z.enum(['noise', 'real']),
  /**
   * Share of the pictures' rate that is left at the end, to which it falls along half a cosine. At the authors' 1 pixels go on
   * jumping by some grey levels a step, and that noise costs bits.
   */
  rateFloor: share.default(1),
  evaluation: z.strictObject({ nets: z.number().int().min(1), epochs: count, rate: z.number().positive() }),
  checkpointEvery: count,
})
export type CondensationExperiment = z.infer<typeof condensationExperiment>

export const experiment = z.discriminatedUnion('kind', [simplificationExperiment, condensationExperiment])
export type Experiment = z.infer<typeof experiment>

/** One trained thing of a run: a pressure (or a baseline's setting) with a seed. */
export const cellId = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)
export const cell = z.strictObject({
  id: cellId,
  method: z.enum(['bits', 'l2', 'blur', 'jpeg', 'condensation']),
  /** λ, w, σ in pixels or JPEG quality. */
  value: z.number(),
  seed: z.number().int(),
})
export type Cell = z.infer<typeof cell>

/** What a finished cell has shown, on test pictures that nothing was chosen by. Shares in 0–1; null: does not apply. */
export const cellResult = z.strictObject({
  cell,
  /** Bits per dimension of originals, of what the method made of them, and of a blank picture. */
  bpd: z.strictObject({ original: z.number(), simplified: z.number(), blank: z.number() }),
  accuracy: z.strictObject({ original: share, simplified: share }),
  auc: z.strictObject({ original: share, simplified: share }).nullable(),
  /** Of a classifier trained on plain originals for as long: what there was to lose. */
  reference: z.strictObject({ accuracy: share, auc: share.nullable() }),
  /** Fresh classifiers trained on the simplified pictures. */
  retrained: z
    .strictObject({
      accuracy: z.strictObject({ original: share, simplified: share }),
      auc: z.strictObject({ original: share, simplified: share }).nullable(),
    })
    .nullable(),
  /** Bits per picture above blank of the labelled part and of the distractor, before and after. */
  parts: z
    .strictObject({
      labelled: z.strictObject({ before: z.number(), after: z.number() }),
      distractor: z.strictObject({ before: z.number(), after: z.number() }),
    })
    .nullable(),
  /** Spread over evaluation nets (condensation). */
  spread: z.number().nullable(),
  seconds: z.number(),
  skippedSteps: z.number().int(),
  /** The step whose weights were kept, where a checkpoint was chosen by validation pictures. */
  keptStep: z.number().int().optional(),
})
export type CellResult = z.infer<typeof cellResult>

/** `queued` waits for the run before it; `interrupted` was cut off and can be gone on with. */
const runState = z.enum(['queued', 'running', 'paused', 'interrupted', 'stopped', 'done', 'failed'])
export type RunState = z.infer<typeof runState>

/** `run.json` in a run folder. */
export const experimentRun = z.strictObject({
  version: z.literal(1),
  id: cellId,
  experiment,
  state: runState,
  error: wireError.nullable(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** Seconds of computing, pauses left out. */
  seconds: z.number(),
  /** Revision of the program, where it runs from a checkout. */
  revision: z.string().nullable(),
  versions: z.record(z.string(), z.string()),
  backend: z.string(),
  /** sha256 of every data file and of the flow's weights. */
  hashes: z.record(z.string(), z.string()),
  results: z.array(cellResult),
})
export type ExperimentRun = z.infer<typeof experimentRun>

/** A point of the live curves: `log.jsonl`, a line each. */
export const curvePoint = z.strictObject({
  cell: cellId,
  step: z.number().int(),
  /** Steps of this cell in all. */
  of: z.number().int(),
  phase: z.enum(['classifier', 'joint', 'retraining', 'condensing', 'evaluation']),
  loss: z.number(),
  bpd: z.number().nullable(),
  accuracy: z.number().nullable(),
  auc: z.number().nullable(),
})
export type CurvePoint = z.infer<typeof curvePoint>

/** Pictures of a cell: 8-bit, `count` of H × W × channels one after the other; originals are absent for condensed sets. */
export const sampleGrid = z.strictObject({
  cell: cellId,
  size: z.number().int(),
  channels: z.union([z.literal(1), z.literal(3)]),
  count: z.number().int(),
  originals: byteArray.nullable(),
  pictures: byteArray,
  /** Class names, one a picture. */
  labels: z.array(z.string()),
  /** Bits of each picture, before (null for condensed sets) and after. */
  bits: z.array(z.strictObject({ before: z.number().nullable(), after: z.number() })),
})
export type SampleGrid = z.infer<typeof sampleGrid>

export const experimentEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), progress }),
  z.strictObject({ kind: z.literal('point'), point: curvePoint }),
  z.strictObject({ kind: z.literal('samples'), samples: sampleGrid }),
  z.strictObject({ kind: z.literal('result'), result: cellResult }),
])
export type ExperimentEvent = z.infer<typeof experimentEvent>
