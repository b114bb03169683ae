import type { AuditRecord, Counterfactual, MethodName, MethodRow } from '../../contract'
import { count, decisionWords, percent, percentDigits } from './words'

/** How a method is called on screen, in one or two words, and what it does in one sentence. */
export const methodWords: Readonly<Record<MethodName, { readonly title: string; readonly text: string }>> = {
  gradCam: {
    title: 'Grad-CAM',
    text: "What each place of the network's last, coarse feature maps adds to the decision, enlarged to the film.",
  },
  integratedGradients: {
    title: 'Integrated gradients',
    text: "Shares out the change of the classifier's score (logit) between a flat grey picture and the film over the pixels; it adds up exactly.",
  },
  occlusion: {
    title: 'Occlusion',
    text: "How far the classifier's score (logit) falls when a grey patch, an eighth of the film wide, covers the place.",
  },
  keptBits: { title: 'Bit map, kept', text: 'What each pixel of the simplified picture costs in bits.' },
  keptDetail: {
    title: 'Detail left',
    text: "What share of the film's detail the simplified picture has left at each place, with equal weight for all sizes of structure.",
  },
  originalBits: {
    title: 'Bit map, film',
    text: 'What each pixel of the film costs in bits. It does not ask the classifier.',
  },
  random: { title: 'Random order', text: 'Pixels in random order: what chance alone reaches.' },
}

export type FigureName = 'insertion' | 'deletion' | 'randomised' | 'repeatability'

/** The columns of the comparison: what is measured, which way is better. */
export const figureWords: Readonly<
  Record<FigureName, { readonly title: string; readonly better: 'high' | 'low'; readonly hint: string }>
> = {
  insertion: {
    title: 'Put in',
    better: 'high',
    hint: 'Insertion. The pixels that the map marks highest are put first into a flat grey picture. How probable the classifier finds its decision meanwhile, on average: high is better.',
  },
  deletion: {
    title: 'Taken out',
    better: 'low',
    hint: 'Deletion. The pixels that the map marks highest are greyed first. How probable the classifier finds its decision meanwhile, on average: low is better.',
  },
  randomised: {
    title: 'Shuffled',
    better: 'low',
    hint: "How similar the map stays when the classifier's weights are shuffled, so that all it has learned is gone (rank correlation, 1: the same). A map of this classifier must change: near 0 is better.",
  },
  repeatability: {
    title: 'Again',
    better: 'high',
    hint: 'How similar the map is when it is made again: under noise of less than one grey level, or, for the bit map kept and the detail left, from another seed (rank correlation, 1: the same). High is better.',
  },
}

/** The figure of one row; the own checks of bit map and detail left are searches and stand in the audit's record where they were made. */
export function figureOf(row: MethodRow, name: FigureName, tests?: AuditRecord['tests']): number | null {
  const { shuffled, own } = tests?.randomised ?? {}
  if (name === 'randomised') return searched(row.method, shuffled) ?? row.randomised?.spearman ?? null
  return name === 'repeatability' ? (searched(row.method, own) ?? row.repeatability) : row[name]
}

type SearchLikeness = NonNullable<NonNullable<AuditRecord['tests']>['randomised']>['own']

function searched(method: MethodName, likeness: SearchLikeness | undefined): number | undefined {
  if (method === 'keptDetail') return likeness?.detailCorrelation
  return method === 'keptBits' ? likeness?.mapCorrelation : undefined
}

/** How near a figure is to the best it could be; chance is no method and never the best. */
function merit(row: MethodRow, name: FigureName, tests?: AuditRecord['tests']): number | null {
  const value = figureOf(row, name, tests)
  if (value === null || row.method === 'random') return null
  if (name === 'randomised') return -Math.abs(value)
  return figureWords[name].better === 'high' ? value : -value
}

/** The method with the best figure, as it is printed: several where two digits do not tell them apart. */
export function bestOf(rows: readonly MethodRow[], name: FigureName, tests?: AuditRecord['tests']): MethodName[] {
  const merits = rows.flatMap((row) => {
    const value = merit(row, name, tests)
    return value === null ? [] : [{ method: row.method, value: Number(value.toFixed(2)) }]
  })
  const best = Math.max(...merits.map(({ value }) => value))
  return merits.filter(({ value }) => value === best).map(({ method }) => method)
}

type RankingFigure = 'insertion' | 'deletion'
const RANKINGS: Readonly<Record<RankingFigure, string>> = { insertion: 'putting in', deletion: 'taking out' }
const OWN_NAMES: Partial<Readonly<Record<MethodName, string>>> = {
  keptBits: 'the bit map',
  keptDetail: 'the detail left',
}
const NO_RIVALS: ReadonlySet<MethodName> = new Set(['keptBits', 'keptDetail', 'originalBits', 'random'])

/** Where bit map and detail left stand among the methods, said plainly; in one sentence where the same holds for both. */
export function standingSentences(rows: readonly MethodRow[]): string[] {
  const own = rows.filter(({ method }) => method in OWN_NAMES)
  const others = rows.filter(({ method }) => !NO_RIVALS.has(method))
  if (own.length === 0 || others.length === 0) return []
  const line = (name: RankingFigure) => {
    const rivals = (row: MethodRow) => others.filter((one) => isAhead(one, row, name)).map(titleOf)
    return alike(own, (row) => rivals(row).join(', ')).map(([ahead, names]) =>
      ahead
        ? `Better than ${names.join(' and ')} at ${RANKINGS[name]} here: ${ahead}.`
        : `No other method is better than ${names.join(' or ')} at ${RANKINGS[name]} here.`,
    )
  }
  return [...line('insertion'), ...line('deletion'), ...chanceSentences(own, rows)]
}

const titleOf = ({ method }: MethodRow): string => methodWords[method].title

function isAhead(one: MethodRow, other: MethodRow, name: RankingFigure): boolean {
  return name === 'insertion' ? one.insertion > other.insertion : one.deletion < other.deletion
}

/** Where the order of pixels does no better than chance, as the figures are printed; each measure is judged by itself. */
function chanceSentences(own: readonly MethodRow[], rows: readonly MethodRow[]): string[] {
  const chance = rows.find(({ method }) => method === 'random')
  if (!chance) return []
  const printed = (row: MethodRow): MethodRow => ({
    ...row,
    insertion: Number(row.insertion.toFixed(2)),
    deletion: Number(row.deletion.toFixed(2)),
  })
  const weak = (row: MethodRow) =>
    (['insertion', 'deletion'] as const).filter((name) => !isAhead(printed(row), printed(chance), name))
  return alike(own, (row) =>
    weak(row)
      .map((name) => RANKINGS[name])
      .join(' and '),
  ).flatMap(([where, names]) => {
    if (!where) return []
    const order = own.length === 1 ? 'Its order of pixels' : `The order of pixels by ${names.join(' or ')}`
    return [`${order} does no better than chance${where.includes(' and ') ? '' : ` at ${where}`} here.`]
  })
}

/** What is said of each row, and the names of those of which it is said. */
function alike(rows: readonly MethodRow[], said: (row: MethodRow) => string): [string, string[]][] {
  const found = new Map<string, string[]>()
  for (const row of rows) found.set(said(row), [...(found.get(said(row)) ?? []), OWN_NAMES[row.method] ?? ''])
  return [...found]
}

/** Whether the audit that is compared says what detail it has left; audits of earlier versions do not. */
export const tellsDetail = (rows: readonly MethodRow[]): boolean => rows.some(({ method }) => method === 'keptDetail')

/** Said beside the comparison, always. */
export function rankingCaveat(rows: readonly MethodRow[]): string {
  return tellsDetail(rows)
    ? 'The bit map says what the simplified picture costs, the detail left what the search did not take away; neither says how far each pixel moves the decision. They were not made to rank pixels, and these measures ask for a ranking.'
    : 'The bit map says what the simplified picture costs, not how far each pixel moves the decision. It was not made to rank pixels, and these measures ask for a ranking.'
}

/** Said below a kept decision that takes nothing to keep: pressed on to the end, the classifier still says so. Null where that is not known. */
export function greySentence(found: Pick<Counterfactual, 'firstFlipped' | 'stopped'> | null): string | null {
  const isGrey = found?.stopped === 'finished' && found.firstFlipped === null
  return isGrey ? 'It would say the same of a plain grey picture.' : null
}

/** The outcome of pressing on, in one or two sentences. */
export function counterfactualSentence(found: Counterfactual, decision: boolean, filmBits: number): string {
  const { lastKept, firstFlipped, points, stopped, faded } = found
  const digits = percentDigits((lastKept?.point.bits ?? 0) / filmBits, (firstFlipped?.point.bits ?? 0) / filmBits)
  const left = (bits: number) => `${percent(bits / filmBits, digits)} of the film's bits`
  if (firstFlipped) {
    const { kept, of } = firstFlipped.draws
    const noise = kept === 0 ? '' : ` Under noise it still says so in ${kept} of ${of} draws: the flip is a narrow one.`
    const how = faded ? ' Pressing alone did not flip it: the rest was faded evenly to grey.' : ''
    return `The decision holds down to ${lastKept ? left(lastKept.point.bits) : 'the start'} and turns to "${decisionWords(!decision)}" at ${left(firstFlipped.point.bits)}.${how}${noise}`
  }
  if (stopped === 'cancelled')
    return `Cancelled after ${count(points.length - 1, 'step')}: the decision had not flipped so far.`
  if (stopped === 'diverged')
    return `Ended after ${count(Math.max(0, points.length - 1), 'step')}: the search ran into numbers that cannot be computed with. Whether the decision flips further on is not known.`
  const end = lastKept ? ` at ${left(lastKept.point.bits)}` : ''
  return `The decision did not flip: the classifier still says "${decisionWords(decision)}" where nothing but a flat grey picture is left${end}. The search only takes away; it does not push towards the other answer.`
}
