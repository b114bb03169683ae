import { z } from 'zod'
import { modelName, sha256 } from './ids'

/**
 * A classifier that the user brings along: a folder with `simplebits-model.json` (this manifest) beside a TensorFlow.js
 * Layers or Graph model. docs/own-classifier.md leads through it.
 */
export const OWN_CLASSIFIER_FILE = 'simplebits-model.json'
/** Worklist, report labels and reports speak of this finding, so a classifier of another one is refused. */
const AUDITED_FINDING = 'Pleural effusion'
const LARGEST_SIDE = 1024

/** A file inside the folder: no way up, no way out. */
const innerPath = z
  .string()
  .regex(
    /^(?!\.)[A-Za-z0-9._-]+(\/(?!\.)[A-Za-z0-9._-]+)*$/,
    'it must name a file inside the folder, with letters, digits, dot, dash and underscore only',
  )

const side = z.number().int().min(8).max(LARGEST_SIDE)
const perChannel = z.array(z.number()).min(1).max(3)

/** From the workstation's picture (grey, 128 × 128, 0 … 1) to the input tensor: resize → range → (v − mean)/std → channels. */
const ownInput = z
  .strictObject({
    height: side,
    width: side,
    /** 3: the grey picture three times. */
    channels: z.union([z.literal(1), z.literal(3)]),
    layout: z.enum(['NHWC', 'NCHW']),
    /** What black (0) and white (1) become. */
    range: z.tuple([z.number(), z.number()]),
    /** Subtracted after the range, one a channel. */
    mean: perChannel.optional(),
    /** Divided by after the mean, one a channel. */
    std: z.array(z.number().positive()).min(1).max(3).optional(),
  })
  .check(({ value, issues }) => {
    const { range, channels } = value
    const refuse = (path: string, message: string) =>
      issues.push({ code: 'custom', message, path: [path], input: value })
    if (range[0] === range[1]) refuse('range', 'black and white must become different values')
    for (const name of ['mean', 'std'] as const)
      if (value[name] && value[name].length !== channels)
        refuse(name, `it needs one number a channel, ${channels} here`)
  })

/** What the output's numbers are: `logits` and `sigmoid` say yes or no to each class alone, the others share out one probability. */
const ownOutputKind = z.enum(['logits', 'sigmoid', 'softmax', 'softmax-logits'])

const ownOutput = z
  .strictObject({
    /** Which output tensor, where the model has several: its place, or the node's name in a Graph model. */
    tensor: z.union([z.number().int().nonnegative(), z.string().min(1)]).default(0),
    kind: ownOutputKind,
    /** What the columns mean, in their order. */
    classes: z.array(z.string().min(1)).min(1),
    /** Column of the audited finding; every other class counts as the rest. */
    finding: z.number().int().nonnegative(),
  })
  .check(({ value, issues }) => {
    const refuse = (path: string, message: string) =>
      issues.push({ code: 'custom', message, path: [path], input: value })
    if (value.finding >= value.classes.length)
      refuse(
        'finding',
        `it is column ${value.finding}, but there are only ${value.classes.length} classes (counted from 0)`,
      )
    if (value.kind.startsWith('softmax') && value.classes.length < 2)
      refuse('classes', 'a softmax shares out probability among two classes or more')
  })

/** simplebits-model.json, version 1. */
export const ownManifest = z.strictObject({
  schema: z.literal('simplebits.model/1'),
  name: modelName,
  format: z.enum(['tfjs-layers', 'tfjs-graph']),
  /** The model.json of TensorFlow.js. */
  file: innerPath,
  audited: z.literal(AUDITED_FINDING, {
    error: `this version audits “${AUDITED_FINDING}” only: worklist, report labels and reports speak of it`,
  }),
  input: ownInput,
  output: ownOutput,
  /** Calibrated probability at and above which the decision is "finding present". */
  threshold: z.number().gt(0).lt(1),
  /** Calibrated probability = sigmoid(log-odds / temperature + bias); left out: as the model says. */
  calibration: z
    .strictObject({ temperature: z.number().positive(), bias: z.number() })
    .default({ temperature: 1, bias: 0 }),
  licence: z.string().min(1),
  /** Where it comes from, on which data it was trained, how good it is: for the reader of a report. */
  source: z.string().min(1),
  /** sha256 of the model's files (`simplebits models seal` writes them). */
  files: z.record(innerPath, sha256),
})
export type OwnManifest = z.infer<typeof ownManifest>

const checkStatus = z.enum(['ok', 'warning', 'failed'])
/** One question of the self-test and its answer in plain words. */
const ownCheck = z.strictObject({ name: z.string(), status: checkStatus, sentence: z.string() })
export type OwnCheck = z.infer<typeof ownCheck>

/**
 * audit: decisions and audits can be had. read: decisions only, no gradients. unusable: neither.
 */
const ownVerdict = z.enum(['audit', 'read', 'unusable'])

export const ownTest = z.strictObject({
  verdict: ownVerdict,
  checks: z.array(ownCheck),
  /** Layers at which film and counterpart are matched. */
  layers: z.number().int().nonnegative(),
  parameters: z.number().int().nonnegative(),
  backend: z.string(),
  seconds: z.number(),
})
export type OwnTest = z.infer<typeof ownTest>

/** In the record of an audit of such a classifier: what it saw, and how it came to see it. */
export const ownNote = z.strictObject({
  format: ownManifest.shape.format,
  input: ownInput,
  layers: z.number().int().nonnegative(),
  licence: z.string(),
  source: z.string(),
  /** "The bits are those of the bundled flow at 128 × 128; …" */
  resampling: z.string(),
})
export type OwnNote = z.infer<typeof ownNote>
