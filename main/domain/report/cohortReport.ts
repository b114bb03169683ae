import {
  aucEstimateWords,
  auditKindWords,
  RESEARCH_USE_ONLY,
  type CohortAtThreshold,
  type CohortFilter,
  type CohortOverview,
} from '../../../contract'
import type { RatedFilm } from '../cohort'
import type { Fact } from './caseReport'
import { bitsRows, confusionCells, groupRows, rateRows, wrongFilmRows } from './cohortTables'
import { classifierText } from './classifierText'
import { oneLine } from './notes'
import { thresholdText } from './thresholdText'
import { decimalText, timeText } from '../numbers'

interface CohortReportInput {
  readonly overview: CohortOverview
  readonly at: CohortAtThreshold
  readonly films: readonly RatedFilm[]
  readonly filter: CohortFilter
  /** ISO time of the export. */
  readonly createdAt: string
  readonly productVersion: string
}

export type ReportRow = readonly string[]

/** A finished report of a cohort; the writer only sets it in type. Names no patient. */
export interface CohortReport {
  readonly title: string
  readonly researchUseOnly: string
  readonly createdAt: string
  readonly productVersion: string
  readonly facts: readonly Fact[]
  readonly cautions: readonly string[]
  /** Two by two: label down, decision across; count and share of all. */
  readonly confusion: readonly { readonly name: string; readonly count: string; readonly share: string }[]
  /** The heading first. */
  readonly rates: readonly ReportRow[]
  readonly groups: readonly ReportRow[]
  readonly bits: readonly ReportRow[]
  /** The title says how many there are where not all stand in the rows. */
  readonly wrong: { readonly title: string; readonly rows: readonly ReportRow[] }
  /** What the curves are drawn from. */
  readonly curves: Pick<CohortOverview, 'roc' | 'calibration' | 'threshold'> & { readonly at: CohortAtThreshold }
  readonly howToRead: readonly string[]
}

const HOW_TO_READ = [
  'Effusion is called where the probability is at or above the threshold. Rates stand with their 95 % intervals (Wilson), in which films of one patient count for less the more alike they are; a wide one means few films, or films of few patients.',
  'PPV and NPV hold for the share of effusions among these films only; where effusions are rarer, PPV is lower.',
  'AUC: the chance that a film labelled effusion gets a higher probability than one that is not; 0.5 is a coin. Its 95 % interval comes from drawing patients 1000 times, seeded.',
  'Expected calibration error: how far probabilities and observed shares lie apart on average, over ten bins of probability.',
  'Groups of fewer than 10 films are in grey: too few to say anything. Bits: what the simplified pictures still cost, median and quartiles over the audits of one kind that kept the decision; above flat takes off what even an empty grey picture costs.',
  'Films are named by codes that come from the file and lead to no patient.',
]

/** Words the report of a cohort at one threshold. */
export function buildCohortReport(input: CohortReportInput): CohortReport {
  const { overview, at, createdAt, productVersion } = input
  return {
    title: 'The classifier over a cohort: effusion',
    researchUseOnly: RESEARCH_USE_ONLY,
    createdAt,
    productVersion,
    facts: factsOf(input).map(({ label, value }) => ({ label, value: oneLine(value) })),
    cautions: overview.cautions,
    confusion: confusionCells(at),
    rates: rateRows(overview, at),
    groups: groupRows(overview, at),
    bits: bitsRows(overview, at),
    wrong: wrongFilmRows(input.films, at.threshold),
    curves: { roc: overview.roc, calibration: overview.calibration, threshold: overview.threshold, at },
    howToRead: HOW_TO_READ,
  }
}

const FILTERS: readonly (readonly [keyof CohortFilter, string])[] = [
  ['queue', 'queue'],
  ['view', 'view'],
  ['sex', 'sex'],
  ['reader', 'read by'],
]

/** "2026-01-02 to 2026-11-24", or the one day. */
function daysText(times: readonly string[]): string {
  const days = times.map((time) => time.slice(0, 10)).sort()
  const [first = '–', last = first] = [days[0], days.at(-1)]
  return first === last ? first : `${first} to ${last}`
}

function aucText(roc: CohortOverview['roc']): string {
  return roc ? aucEstimateWords(roc.auc).value.replaceAll('\u00a0', ' ') : '–'
}

function auditsText({ bits, bitsOf }: CohortOverview): string {
  const [all] = bits
  if (!all || !bitsOf) return 'none'
  const left = bitsOf.others === 0 ? '' : `; ${bitsOf.others} of another kind left out`
  return `${all.films.length} (${auditKindWords(bitsOf)})${left}`
}

function factsOf({ overview, at, films, filter, createdAt }: CohortReportInput): Fact[] {
  const { used, withoutLabel, withoutDecision, patients, effusion, roc, calibration } = overview
  const filters = FILTERS.flatMap(([name, words]) => (filter[name] === null ? [] : [`${words}: ${filter[name]}`]))
  const what = at.threshold === overview.threshold ? 'the classifier’s own' : 'what if; the classifier’s own is'
  const own = at.threshold === overview.threshold ? '' : ` ${thresholdText(overview.threshold)}`
  return [
    { label: 'Classifier (sha256)', value: classifierText(overview.classifier) },
    { label: 'Store as of, UTC', value: timeText(createdAt) },
    { label: 'Films came in', value: daysText(films.map(({ addedAt }) => addedAt)) },
    { label: 'Films with label and decision', value: `${used.length} of ${overview.all.length}` },
    { label: 'Left out: no label, no decision', value: `${withoutLabel.length}, ${withoutDecision.length}` },
    { label: 'Patients', value: patients.unknown > 0 ? `at most ${patients.count}` : String(patients.count) },
    { label: 'Labelled effusion', value: `${effusion.hits} of ${effusion.total}` },
    { label: 'Only films of', value: filters.length === 0 ? 'no filter' : filters.join(', ') },
    { label: 'Threshold', value: `${thresholdText(at.threshold)} (${what}${own})` },
    { label: 'AUC', value: aucText(roc) },
    { label: 'Audits counted in the bits', value: auditsText(overview) },
    { label: 'Calibration error', value: calibration ? decimalText(calibration.expectedError, 2) : '–' },
  ]
}
