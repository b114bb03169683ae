import type {
  BitsGroup,
  CaseId,
  CaseSummary,
  CohortAtThreshold,
  CohortCell,
  CohortGroupName,
  CohortOverview,
  CohortRates,
} from '../../contract'
import { wrongnessAt } from '../../contract/shared'

/** Names a number of the page whose films can be listed: "cell:truePositive", "group:view:AP", "bin:3". */
export type ListKey =
  | `cell:${CohortCell}`
  | `rate:${keyof CohortRates}`
  | `bin:${number}`
  | `group:${CohortGroupName}:${string}`
  | `bits:${BitsGroup['by']}:${string}`
  | WholeList
type WholeList = 'used' | 'withoutLabel' | 'withoutDecision' | 'effusion' | 'wrong'

/** The films behind one number. */
interface FilmList {
  readonly title: string
  readonly ids: readonly CaseId[]
}

export const cellWords: Readonly<Record<CohortCell, { readonly title: string; readonly short: string }>> = {
  truePositive: { title: 'Effusions that were called', short: 'found' },
  falseNegative: { title: 'Effusions that were missed', short: 'missed' },
  falsePositive: { title: 'Called effusion, report says none', short: 'false alarm' },
  trueNegative: { title: 'Rightly not called', short: 'rightly left' },
}

/** A rate, what it says in words, and the cells over which it is counted. */
export const rateWords: Readonly<
  Record<keyof CohortRates, { readonly name: string; readonly text: string; readonly over: readonly CohortCell[] }>
> = {
  sensitivity: {
    name: 'Sensitivity',
    text: 'Of the films labelled effusion, the share that the classifier calls.',
    over: ['truePositive', 'falseNegative'],
  },
  specificity: {
    name: 'Specificity',
    text: 'Of the films labelled no effusion, the share that it does not call.',
    over: ['trueNegative', 'falsePositive'],
  },
  ppv: {
    name: 'PPV',
    text: 'Positive predictive value: of the films that it calls, the share labelled effusion. It falls where effusions are rarer than here.',
    over: ['truePositive', 'falsePositive'],
  },
  npv: {
    name: 'NPV',
    text: 'Negative predictive value: of the films that it does not call, the share labelled no effusion.',
    over: ['trueNegative', 'falseNegative'],
  },
  accuracy: {
    name: 'Accuracy',
    text: 'The share of films on which decision and report agree. With few effusions it is high even for a classifier that calls none.',
    over: ['truePositive', 'trueNegative', 'falsePositive', 'falseNegative'],
  },
}

const isCell = (name: string | undefined): name is CohortCell => name !== undefined && name in cellWords
const isRate = (name: string | undefined): name is keyof CohortRates => name !== undefined && name in rateWords

/** The films behind a number as it stands now; null where the number is no longer there. */
export function filmListOf(key: ListKey, overview: CohortOverview, at: CohortAtThreshold): FilmList | null {
  const [kind, first, ...rest] = key.split(':')
  if (kind === 'cell' && isCell(first)) return { title: cellWords[first].title, ids: at.cells[first] }
  if (kind === 'rate' && isRate(first)) {
    const { name, over } = rateWords[first]
    return { title: `${name}: counted over`, ids: over.flatMap((cell) => at.cells[cell]) }
  }
  if (kind === 'bin') {
    const bin = overview.calibration?.bins[Number(first)]
    return bin ? { title: `Probability ${bin.low * 100} to ${bin.high * 100} %`, ids: bin.films } : null
  }
  if (kind === 'group' || kind === 'bits') {
    const name = rest.join(':')
    const group = overview[kind === 'group' ? 'groups' : 'bits'].find((one) => one.by === first && one.name === name)
    return group ? { title: groupTitle(group), ids: group.films } : null
  }
  return wholeList(key, overview, at)
}

const NOT_COUNTED = 'Not counted: to be confirmed as chest radiographs, or not decided yet'

/**
 * Why films with no decision that counts are not counted: "105 to be confirmed as chest radiographs", "2 without decision", or both.
 *
 * @param hasDecision whether the classifier was asked about a film: then only the confirmation is missing
 */
export function withoutDecisionWords(films: readonly CaseId[], hasDecision: (id: CaseId) => boolean): string {
  const unconfirmed = films.filter(hasDecision).length
  const parts = [
    ...(unconfirmed > 0 ? [`${unconfirmed} to be confirmed as chest radiographs`] : []),
    ...(films.length > unconfirmed ? [`${films.length - unconfirmed} without decision`] : []),
  ]
  return parts.join(', ')
}

function wholeList(key: ListKey, overview: CohortOverview, { cells }: CohortAtThreshold): FilmList | null {
  if (key === 'used') return { title: 'Films with label and decision', ids: overview.used }
  if (key === 'withoutLabel') return { title: 'Films without a report label', ids: overview.withoutLabel }
  if (key === 'withoutDecision') return { title: NOT_COUNTED, ids: overview.withoutDecision }
  if (key === 'effusion') return { title: 'Labelled effusion', ids: [...cells.truePositive, ...cells.falseNegative] }
  if (key === 'wrong')
    return { title: 'Decision and report differ', ids: [...cells.falsePositive, ...cells.falseNegative] }
  return null
}

const BY: Readonly<Record<string, string>> = {
  view: 'View',
  sex: 'Sex',
  age: 'Age',
  decision: 'Audited; decision',
  label: 'Audited; report',
}

const groupTitle = ({ by, name }: { by: string; name: string }): string =>
  by === 'all' ? 'Audited films' : `${BY[by] ?? by}: ${name}`

/** Films as the worklist sorts them by error, at the threshold that is tried; those without label or decision last. */
export function surestErrorsFirst<E extends Pick<CaseSummary, 'probability' | 'reportLabel'>>(
  films: readonly E[],
  threshold: number,
): E[] {
  const error = (film: E) => wrongnessAt(film, threshold) ?? -Infinity
  return [...films].sort((a, b) => error(b) - error(a) || 0)
}
