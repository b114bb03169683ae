import {
  aucEstimateWords,
  quartileWords,
  shareEstimateWords,
  wrongnessAt,
  type AucEstimate,
  type BitsGroup,
  type CohortAtThreshold,
  type CohortGroupName,
  type CohortOverview,
  type EstimateWords,
  type Proportion,
} from '../../../contract'
import { cellOf, groupRatesOf, type RatedFilm } from '../cohort'
import type { CohortReport, ReportRow } from './cohortReport'
import { percentText, probabilityText } from '../numbers'
import { thresholdText } from './thresholdText'

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
    ...(roc ? [['AUC', '', ...aucCells(roc.auc)]] : []),
  ]
}

const GROUPED: Readonly<Record<CohortGroupName, string>> = { view: 'View', sex: 'Sex', age: 'Age' }

export function groupRows({ groups }: CohortOverview, at: CohortAtThreshold): ReportRow[] {
  const rows = groups.map(({ by, name, films, small, effusion, auc }): ReportRow => {
    const rates = groupRatesOf(at, { by, name })
    const short = (of: Proportion | undefined) => (of?.estimate ? inOneCell(estimateCells(of)) : NOTHING)
    return [
      `${GROUPED[by]}: ${name}${small ? ' (too few)' : ''}`,
      String(films.length),
      percentOf(effusion),
      short(rates?.sensitivity),
      short(rates?.specificity),
      auc ? inOneCell(aucCells(auc)) : NOTHING,
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

/** The decision by which bits are told apart is always the classifier's own, whatever threshold is tried. */
export function bitsRows({ bits, threshold }: CohortOverview, at: CohortAtThreshold): ReportRow[] {
  if (bits.length === 0) return []
  const own = at.threshold === threshold ? BITS_BY.decision : `Own decision (from ${thresholdText(threshold)}): `
  const rows = bits.map(({ by, name, films, small, bitsLeft, aboveFlat, decisionKept }): ReportRow => [
    `${by === 'decision' ? own : BITS_BY[by]}${name}${small ? ' (too few)' : ''}`,
    String(films.length),
    plain(quartileWords(bitsLeft, decisionKept.hits)),
    plain(quartileWords(aboveFlat, decisionKept.hits)),
    `${decisionKept.hits} of ${decisionKept.total}`,
  ])
  return [['', 'Audited', 'Bits left: median (quartiles)', 'Above flat', 'Decision kept'], ...rows]
}

const WRONG = 'Films on which decision and report differ'

/** Films whose decision and label differ, the surest error first, as the worklist sorts them. */
export function wrongFilmRows(films: readonly RatedFilm[], threshold: number): CohortReport['wrong'] {
  const wrong = films
    .filter((film) => film.positive !== film.probability >= threshold)
    .map((film) => ({ film, surely: wrongnessAt({ ...film, reportLabel: film.label }, threshold) ?? 0 }))
    .sort((a, b) => b.surely - a.surely)
  if (wrong.length === 0) return { title: WRONG, rows: [] }
  const rows = wrong
    .slice(0, MOST_WRONG)
    .map(({ film }): ReportRow => [
      film.pseudonym,
      cellOf(film, threshold) === 'falsePositive' ? 'called, report says none' : 'missed, report says effusion',
      probabilityText(film.probability),
      film.audit ? percentText(film.audit.bitsLeft) : NOTHING,
    ])
  const shown = wrong.length > MOST_WRONG ? `the ${MOST_WRONG} surest of ${wrong.length}` : 'the surest first'
  return { title: `${WRONG}, ${shown}`, rows: [['Film', 'Error', 'Probability', 'Bits left'], ...rows] }
}

function estimateCells({ estimate, total }: Proportion): [string, string] {
  if (estimate) return cellsOf(shareEstimateWords(estimate))
  return [NOTHING, total === 0 ? NOTHING : 'fixed: one label only']
}

const aucCells = (auc: AucEstimate): [string, string] => cellsOf(aucEstimateWords(auc))

const cellsOf = ({ value, interval }: EstimateWords): [string, string] => [plain(value), plain(interval)]

const inOneCell = ([value, interval]: readonly [string, string]): string => `${value} (${interval})`

const percentOf = ({ estimate }: Proportion): string => (estimate ? percentText(estimate.value) : NOTHING)

/** In tables of text a space is a space. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')
