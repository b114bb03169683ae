import {
  hasInterval,
  hasQuartiles,
  type BitsGroup,
  type CohortAtThreshold,
  type CohortGroupName,
  type CohortOverview,
  type Estimate,
  type Proportion,
  type Quartiles,
} from '../../../contract'
import { cellOf, groupRatesOf, type RatedFilm } from '../cohort'
import type { CohortReport, ReportRow } from './cohortReport'
import { decimalText, percentText, probabilityText } from '../numbers'

const NOTHING = '–'
/** Rows of the list of wrong films; the table of films as CSV has them all. */
const MOST_WRONG = 40

const CELLS = [
  ['truePositive', 'Labelled effusion, called effusion'],
  ['falseNegative', 'Labelled effusion, missed'],
  ['falsePositive', 'Labelled no effusion, called effusion'],
  ['trueNegative', 'Labelled no effusion, called none'],
] as const

export function confusionCells({ cells }: CohortAtThreshold): CohortReport['confusion'] {
  const total = CELLS.reduce((sum, [cell]) => sum + cells[cell].length, 0)
  return CELLS.map(([cell, name]) => ({
    name,
    count: String(cells[cell].length),
    share: total === 0 ? NOTHING : percentText(cells[cell].length / total),
  }))
}

export function rateRows({ effusion, roc }: CohortOverview, { rates }: CohortAtThreshold): ReportRow[] {
  const row = (name: string, of: Proportion): ReportRow => [name, `${of.hits} of ${of.total}`, ...estimateCells(of)]
  return [
    ['', 'Films', 'Value', '95 % interval'],
    row('Sensitivity: effusions that are called', rates.sensitivity),
    row('Specificity: others that are not called', rates.specificity),
    row('PPV: called films that are effusions', rates.ppv),
    row('NPV: not called films that are none', rates.npv),
    row('Accuracy', rates.accuracy),
    row('Prevalence: labelled effusion', effusion),
    ...(roc ? [['AUC', '', decimalText(roc.auc.value, 2), aucInterval(roc.auc)]] : []),
  ]
}

const GROUPED: Readonly<Record<CohortGroupName, string>> = { view: 'View', sex: 'Sex', age: 'Age' }

export function groupRows({ groups }: CohortOverview, at: CohortAtThreshold): ReportRow[] {
  const rows = groups.map(({ by, name, films, small, effusion, auc }): ReportRow => {
    const rates = groupRatesOf(at, { by, name })
    const short = (of: Proportion | undefined) => (of?.estimate ? proportionText(of) : NOTHING)
    return [
      `${GROUPED[by]}: ${name}${small ? ' (too few)' : ''}`,
      String(films.length),
      percentOf(effusion),
      short(rates?.sensitivity),
      short(rates?.specificity),
      auc ? `${decimalText(auc.value, 2)} (${aucInterval(auc)})` : NOTHING,
    ]
  })
  return [['', 'Films', 'Effusion', 'Sensitivity', 'Specificity', 'AUC'], ...rows]
}

const BITS_BY: Readonly<Record<BitsGroup['by'], string>> = {
  all: '',
  decision: 'Decision: ',
  label: 'Report: ',
  view: 'View: ',
}

export function bitsRows({ bits }: CohortOverview): ReportRow[] {
  if (bits.length === 0) return []
  const rows = bits.map(({ by, name, films, small, bitsLeft, aboveFlat, decisionKept }): ReportRow => [
    `${BITS_BY[by]}${name}${small ? ' (too few)' : ''}`,
    String(films.length),
    spreadText(bitsLeft, films.length),
    spreadText(aboveFlat, films.length),
    `${decisionKept.hits} of ${decisionKept.total}`,
  ])
  return [['', 'Audited', 'Bits left: median (quartiles)', 'Above flat', 'Decision kept'], ...rows]
}

/** Films whose decision and label differ, the surest error first. */
export function wrongFilmRows(films: readonly RatedFilm[], threshold: number): ReportRow[] {
  const wrong = films
    .filter((film) => film.positive !== film.probability >= threshold)
    .sort((a, b) => Math.abs(b.probability - threshold) - Math.abs(a.probability - threshold))
  if (wrong.length === 0) return []
  const rows = wrong
    .slice(0, MOST_WRONG)
    .map((film): ReportRow => [
      film.pseudonym,
      cellOf(film, threshold) === 'falsePositive' ? 'called, report says none' : 'missed, report says effusion',
      probabilityText(film.probability),
      film.audit ? percentText(film.audit.bitsLeft) : NOTHING,
    ])
  return [['Film', 'Error', 'Probability', 'Bits left'], ...rows]
}

function estimateCells({ estimate }: Proportion): [string, string] {
  return estimate ? [percentText(estimate.value), interval(estimate, percentText)] : [NOTHING, NOTHING]
}

function proportionText(of: Proportion): string {
  const [value, ends] = estimateCells(of)
  return `${value} (${ends})`
}

const percentOf = ({ estimate }: Proportion): string => (estimate ? percentText(estimate.value) : NOTHING)

const interval = ({ low, high }: Estimate, text: (end: number) => string): string => `${text(low)} to ${text(high)}`

const aucInterval = (auc: Estimate): string =>
  hasInterval(auc) ? interval(auc, (end) => decimalText(end, 2)) : 'too few errors'

function spreadText(of: Quartiles | null, films: number): string {
  if (!of) return NOTHING
  if (!hasQuartiles(films)) return percentText(of.median)
  return `${percentText(of.median)} (${percentText(of.lower)} to ${percentText(of.upper)})`
}
