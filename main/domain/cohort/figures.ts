import {
  hasInterval,
  hasQuartiles,
  type BitsGroup,
  type CohortAtThreshold,
  type CohortOverview,
  type Estimate,
  type Proportion,
  type Quartiles,
} from '../../../contract'
import { groupRatesOf } from './atThreshold'

/** One number of the cohort with what it was counted over. */
interface CohortFigure {
  readonly section: string
  readonly group: string
  readonly measure: string
  readonly value: number | null
  /** Ends of the 95 % interval. */
  readonly low: number | null
  readonly high: number | null
  readonly hits: number | null
  readonly films: number
  /** At which it was counted, where that is not the threshold that is tried. */
  readonly threshold?: number
}

/** Every number of the page, one a row. */
export function cohortFigures(overview: CohortOverview, at: CohortAtThreshold): CohortFigure[] {
  const used = overview.used.length
  return [
    ...countFigures(overview),
    ...Object.entries(at.cells).map(([cell, films]) => ({
      ...figure({ section: 'confusion', group: 'all', measure: cell, value: films.length / Math.max(1, used) }),
      hits: films.length,
      films: used,
    })),
    ...Object.entries(at.rates).map(([rate, counted]) => proportionFigure('rates', ['all', rate], counted)),
    proportionFigure('rates', ['all', 'prevalence'], overview.effusion),
    ...(overview.roc ? [aucFigure('all', overview.roc.auc, used)] : []),
    ...calibrationFigures(overview),
    ...groupFigures(overview, at),
    ...bitsFigures(overview),
  ]
}

function countFigures({ threshold, ...overview }: CohortOverview): CohortFigure[] {
  const counts = [
    ['films', overview.all.length],
    ['labelled_and_decided', overview.used.length],
    ['without_label', overview.withoutLabel.length],
    ['without_decision', overview.withoutDecision.length],
    ['patients', overview.patients.count],
  ] as const
  const films = overview.all.length
  return [
    ...counts.map(([measure, value]) => ({ ...figure({ section: 'counts', group: 'all', measure, value }), films })),
    {
      ...figure({ section: 'counts', group: 'all', measure: 'threshold_of_the_classifier', value: threshold }),
      films,
    },
  ]
}

function calibrationFigures({ calibration, used }: CohortOverview): CohortFigure[] {
  if (!calibration) return []
  const { bins, expectedError } = calibration
  const error = { section: 'calibration', group: 'all', measure: 'expected_calibration_error', value: expectedError }
  return [
    { ...figure(error), films: used.length },
    ...bins.flatMap(({ low, high, predicted, observed }) => {
      const group = `${low}-${high}`
      const mean = { section: 'calibration', group, measure: 'mean_probability', value: predicted }
      return [
        { ...figure(mean), films: observed.total },
        proportionFigure('calibration', [group, 'observed_effusion'], observed),
      ]
    }),
  ]
}

function groupFigures({ groups }: CohortOverview, at: CohortAtThreshold): CohortFigure[] {
  return groups.flatMap(({ by, name, films, effusion, auc }) => {
    const rates = groupRatesOf(at, { by, name })
    return [
      proportionFigure(by, [name, 'prevalence'], effusion),
      ...(rates ? [proportionFigure(by, [name, 'sensitivity'], rates.sensitivity)] : []),
      ...(rates ? [proportionFigure(by, [name, 'specificity'], rates.specificity)] : []),
      ...(auc ? [{ ...aucFigure(name, auc, films.length), section: by }] : []),
    ]
  })
}

function bitsFigures({ bits, bitsOf, threshold }: CohortOverview): CohortFigure[] {
  const rows = bits.flatMap((group): CohortFigure[] => {
    const figures = [
      ...quartileFigures(group, 'bits_left', group.bitsLeft),
      ...quartileFigures(group, 'above_flat', group.aboveFlat),
      proportionFigure(`bits by ${group.by}`, [group.name, 'decision_kept'], group.decisionKept),
    ]
    return group.by === 'decision' ? figures.map((one) => ({ ...one, threshold })) : figures
  })
  if (!bitsOf) return rows
  const { preset, objective, others } = bitsOf
  const left = { section: 'bits', group: `${preset} ${objective}`, measure: 'audits_of_another_kind_left_out' }
  const audited = bits[0]?.films.length ?? 0
  return [...rows, { ...figure({ ...left, value: others }), films: audited + others }]
}

/** The median; quartiles where there are films enough for them, in rows of their own: they are no interval of the median. */
function quartileFigures(group: BitsGroup, measure: string, quartiles: Quartiles | null): CohortFigure[] {
  const films = group.decisionKept.hits
  const at = { section: `bits by ${group.by}`, group: group.name }
  const row = (name: string, value: number | null): CohortFigure => ({
    ...figure({ ...at, measure: `${measure}_${name}`, value }),
    films,
  })
  const median = row('median', quartiles?.median ?? null)
  if (!quartiles || !hasQuartiles(films)) return [median]
  return [median, row('lower_quartile', quartiles.lower), row('upper_quartile', quartiles.upper)]
}

function figure(of: Pick<CohortFigure, 'section' | 'group' | 'measure' | 'value'>): CohortFigure {
  return { ...of, low: null, high: null, hits: null, films: 0 }
}

function proportionFigure(section: string, [group, measure]: readonly [string, string], of: Proportion): CohortFigure {
  const { estimate, hits, total } = of
  const value = estimate?.value ?? null
  return {
    section,
    group,
    measure,
    value,
    low: estimate?.low ?? null,
    high: estimate?.high ?? null,
    hits,
    films: total,
  }
}

function aucFigure(group: string, { value, low, high }: Estimate, films: number): CohortFigure {
  const interval = hasInterval({ low, high }) ? { low, high } : { low: null, high: null }
  return { section: 'auc', group, measure: 'auc', value, ...interval, hits: null, films }
}
