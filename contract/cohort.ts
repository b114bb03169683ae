import { z } from 'zod'
import { objectiveName, presetName } from './audit'
import { caseId, modelName, sha256 } from './ids'
import { savedFile } from './savedFile'

/** Calls of the cohort page: the classifier over all films of the worklist that have a report label and a decision. */

/** Which films count; null: all. Values are those that `cohortOverview.choices` offers. */
const cohortFilter = z.strictObject({
  queue: z.string().max(100).nullable(),
  view: z.string().max(100).nullable(),
  sex: z.string().max(100).nullable(),
  reader: z.string().max(200).nullable(),
})
export type CohortFilter = z.infer<typeof cohortFilter>

const films = z.array(caseId)
const share = z.number().min(0).max(1)

/** A value with its 95 % interval. */
const estimate = z.strictObject({ value: share, low: share, high: share })
export type Estimate = z.infer<typeof estimate>

/** An AUC with the number of patients that were resampled for its interval. */
const aucEstimate = estimate.extend({ patients: z.number().int() })
export type AucEstimate = z.infer<typeof aucEstimate>

/**
 * hits of total with Wilson's 95 % interval over patients; null where there is nothing to count, and where a class is
 * missing that fixes the rate (PPV, NPV).
 */
const proportion = z.strictObject({
  hits: z.number().int(),
  total: z.number().int(),
  estimate: estimate.nullable(),
})
export type Proportion = z.infer<typeof proportion>

const cohortGroupName = z.enum(['view', 'sex', 'age'])
export type CohortGroupName = z.infer<typeof cohortGroupName>

/** Films of one view, sex or age; `small`: too few to say anything. */
const cohortGroup = z.strictObject({
  by: cohortGroupName,
  name: z.string(),
  films,
  small: z.boolean(),
  /** Labelled effusion. */
  effusion: proportion,
  /** Null where one of the classes is empty or the group is small. */
  auc: aucEstimate.nullable(),
})
export type CohortGroup = z.infer<typeof cohortGroup>

/** One bar of the reliability diagram: films whose probability lies in [low, high). */
const reliabilityBin = z.strictObject({
  low: share,
  high: share,
  films,
  /** Mean probability; null where the bin is empty. */
  predicted: share.nullable(),
  observed: proportion,
})
export type ReliabilityBin = z.infer<typeof reliabilityBin>

/** First quartile, median, third quartile. */
const quartiles = z.strictObject({ lower: z.number(), median: z.number(), upper: z.number() })
export type Quartiles = z.infer<typeof quartiles>

/** The audits whose bits are counted: of one preset and objective, the most frequent, since others do not compare. */
const auditKind = z.strictObject({ preset: presetName, objective: objectiveName })
export type AuditKind = z.infer<typeof auditKind>

/** Bits of the audited films of one group: of those that kept the decision; null where none did. */
const bitsGroup = z.strictObject({
  by: z.enum(['all', 'decision', 'label', 'view']),
  name: z.string(),
  films,
  small: z.boolean(),
  /** The others lost it: how few bits they have left says nothing, so the quartiles are without them. */
  decisionKept: proportion,
  bitsLeft: quartiles.nullable(),
  aboveFlat: quartiles.nullable(),
})
export type BitsGroup = z.infer<typeof bitsGroup>

const rocPoint = z.strictObject({
  /** "Effusion" at and above it; 1 at most means: nothing is called effusion where it lies above every probability. */
  threshold: z.number(),
  sensitivity: share,
  falsePositiveRate: share,
})
export type RocPoint = z.infer<typeof rocPoint>

const choice = z.strictObject({ value: z.string(), films: z.number().int() })

/** What does not depend on the threshold. */
export const cohortOverview = z.strictObject({
  /** Whose decisions are counted. */
  classifier: z.strictObject({ name: modelName, sha256 }),
  /** The classifier's own operating point. */
  threshold: share,
  /** Of all films that pass the filter. */
  all: films,
  used: films,
  withoutLabel: films,
  withoutDecision: films,
  /** `unknown`: films whose file names no patient; each counts as a patient of its own. */
  patients: z.strictObject({ count: z.number().int(), unknown: z.number().int() }),
  effusion: proportion,
  roc: z.strictObject({ points: z.array(rocPoint), auc: aucEstimate }).nullable(),
  calibration: z.strictObject({ bins: z.array(reliabilityBin), expectedError: share }).nullable(),
  groups: z.array(cohortGroup),
  bits: z.array(bitsGroup),
  /** Of the audits in `bits`, and how many of another kind are left out there; null without an audit. */
  bitsOf: auditKind.extend({ others: z.number().int() }).nullable(),
  /** What has to be known before a number is believed, in sentences. */
  cautions: z.array(z.string()),
  /** Offered for each filter, over all films of the worklist. */
  choices: z.record(cohortFilter.keyof(), z.array(choice)),
})
export type CohortOverview = z.infer<typeof cohortOverview>

const cohortCell = z.enum(['truePositive', 'falseNegative', 'falsePositive', 'trueNegative'])
export type CohortCell = z.infer<typeof cohortCell>

/** Rates at one threshold. */
const cohortRates = z.strictObject({
  sensitivity: proportion,
  specificity: proportion,
  ppv: proportion,
  npv: proportion,
  accuracy: proportion,
})
export type CohortRates = z.infer<typeof cohortRates>

const groupRates = cohortRates
  .pick({ sensitivity: true, specificity: true })
  .extend({ by: cohortGroupName, name: z.string() })

/** What one threshold gives. */
export const cohortAtThreshold = z.strictObject({
  threshold: share,
  cells: z.record(cohortCell, films),
  rates: cohortRates,
  groups: z.array(groupRates),
})
export type CohortAtThreshold = z.infer<typeof cohortAtThreshold>

const selection = z.strictObject({ filter: cohortFilter })
const atThreshold = selection.extend({ threshold: share })

export const cohortCalls = {
  cohort: { params: selection, result: cohortOverview },
  /** At any threshold: never changes the model or a decision. */
  cohortAt: { params: atThreshold, result: cohortAtThreshold },
  /** Asks where to save; null where the user cancelled. `figures` and `films`: CSV. */
  cohortExport: {
    params: atThreshold.extend({ format: z.enum(['figures', 'films', 'pdf']) }),
    result: savedFile,
  },
} as const
export type CohortExportFormat = z.infer<(typeof cohortCalls)['cohortExport']['params']>['format']
