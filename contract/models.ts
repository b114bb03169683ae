import { z } from 'zod'
import { modelName, sha256 } from './ids'

/** One number for every level of a flow, or one for each from the finest on. */
const perLevel = z.union([z.number().int().positive(), z.array(z.number().int().positive()).min(1)])

export const flowConfig = z
  .strictObject({
    /** Side length of the square picture. */
    size: z.number().int().positive(),
    channels: z.union([z.literal(1), z.literal(3)]),
    levels: z.number().int().positive(),
    steps: perLevel,
    hidden: perLevel,
    coupling: z.enum(['affine', 'additive']),
  })
  .refine(
    ({ levels, steps, hidden }) =>
      [steps, hidden].every((value) => typeof value === 'number' || value.length === levels),
    'steps and hidden: one number, or one for each level',
  )
export type FlowConfig = z.infer<typeof flowConfig>

export const classifierConfig = z.strictObject({
  size: z.number().int().positive(),
  channels: z.literal(1),
  /** Width of the stem; stages double it. */
  width: z.number().int().positive(),
  /** Residual blocks a stage. */
  blocks: z.array(z.number().int().positive()),
  activation: z.enum(['relu', 'elu']),
  /** Names of the output heads; the first one is the finding. */
  heads: z.array(z.string()).min(1),
})
export type ClassifierConfig = z.infer<typeof classifierConfig>

/** A simplifier is made for one classifier and one flow, and is only used with these. */
const simplifierConfig = z.strictObject({
  size: z.number().int().positive(),
  channels: z.literal(1),
  /** Channels of the U-Net at full resolution. */
  width: z.number().int().positive(),
  /** σ in pixels of the blur that its change is added to; absent: the film itself. */
  blur: z.number().positive().optional(),
})

/** models/<name>/model.json */
export const modelFile = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('flow'),
    name: modelName,
    input: z.literal('model-input/1').nullable(),
    config: flowConfig,
  }),
  z.strictObject({
    kind: z.literal('classifier'),
    name: modelName,
    input: z.literal('model-input/1'),
    finding: z.string(),
    config: classifierConfig,
    /** Calibrated probability = sigmoid(logit / temperature + bias). */
    calibration: z.strictObject({ temperature: z.number().positive(), bias: z.number() }),
    /** Probability at and above which the decision is "finding present". */
    threshold: z.number().min(0).max(1),
  }),
  z.strictObject({
    kind: z.literal('simplifier'),
    name: modelName,
    input: z.literal('model-input/1'),
    config: simplifierConfig,
    /** What it was trained against; with other weights its counterparts mean nothing. */
    classifier: z.strictObject({ name: modelName, sha256 }),
    flow: z.strictObject({ name: modelName, sha256 }),
  }),
])
export type ModelFile = z.infer<typeof modelFile>

/** models/<name>/manifest.json: how the weights came to be, and what must be true of the files. */
export const modelManifest = z.strictObject({
  files: z.record(z.string(), sha256),
  licence: z.string(),
  data: z.array(z.strictObject({ name: z.string(), sha256, use: z.string() })),
  command: z.string(),
  seed: z.number().int(),
  steps: z.number().int(),
  versions: z.record(z.string(), z.string()),
  metrics: z.record(z.string(), z.unknown()),
})
export type ModelManifest = z.infer<typeof modelManifest>

/** One line of `simplebits models` and of the app's about page. */
export const modelInfo = z.strictObject({
  name: modelName,
  kind: z.enum(['flow', 'classifier', 'simplifier']),
  sha256,
  description: z.string(),
})
export type ModelInfo = z.infer<typeof modelInfo>

/** The models that come with the product: used where nothing else is asked for. */
export const BUNDLED_CLASSIFIER = modelName.parse('effusion-128')
export const BUNDLED_FLOW = modelName.parse('glow-cxr-128')
export const BUNDLED_SIMPLIFIER = modelName.parse('simplifier-effusion-128')
