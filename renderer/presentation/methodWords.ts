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
    hint: "How like its map is when the classifier's weights are shuffled and all learning is gone (rank correlation, 1: the same). A map of this classifier must change: near 0 is better.",
  },
  repeatability: {
    title: 'Again',
    better: 'high',
    hint: 'How like its map is when it is made again: under noise of less than one grey level, or, for the bit map kept, from another seed (rank correlation, 1: the same). High is better.',
  },
}

/** The figure of one row; the bit map's own checks are searches and stand in the audit's record where they were made. */
export function figureOf(row: MethodRow, name: FigureName, tests?: AuditRecord['tests']): number | null {
  if (name === 'randomised') {
    if (row.method === 'keptBits') return tests?.randomised?.shuffled.mapCorrelation ?? row.randomised?.spearman ?? null
    return row.randomised?.spearman ?? null
  }
  if (name !== 'repeatability') return row[name]
  if (row.method === 'keptBits') return tests?.randomised?.own.mapCorrelation ?? row.repeatability
  return row.repeatability
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

/** Where the bit map stands among the methods, said plainly. */
export function standingSentences(rows: readonly MethodRow[]): string[] {
  const kept = rows.find(({ method }) => method === 'keptBits')
  const others = rows.filter(({ method }) => method !== 'keptBits' && method !== 'originalBits' && method !== 'random')
  if (!kept || others.length === 0) return []
  const chance = rows.find(({ method }) => method === 'random')
  const better = (name: 'insertion' | 'deletion') =>
    others.filter((row) => (name === 'insertion' ? row.insertion > kept.insertion : row.deletion < kept.deletion))
  const naming = (found: readonly MethodRow[]) => found.map(({ method }) => methodWords[method].title).join(', ')
  const line = (name: 'insertion' | 'deletion', what: string) => {
    const ahead = better(name)
    return ahead.length === 0
      ? `No other method is better than the bit map at ${what} here.`
      : `Better than the bit map at ${what} here: ${naming(ahead)}.`
  }
  return [line('insertion', 'putting in'), line('deletion', 'taking out'), ...chanceSentences(kept, chance)]
}

/** Where the bit map does no better than chance, as the figures are printed; each measure is judged by itself. */
function chanceSentences(kept: MethodRow, chance: MethodRow | undefined): string[] {
  if (!chance) return []
  const printed = (value: number) => Number(value.toFixed(2))
  const weak = [
    ...(printed(kept.insertion) <= printed(chance.insertion) ? ['putting in'] : []),
    ...(printed(kept.deletion) >= printed(chance.deletion) ? ['taking out'] : []),
  ]
  if (weak.length === 0) return []
  const where = weak.length === 2 ? '' : ` at ${weak.join('')}`
  return [`Its order of pixels does no better than chance${where} here.`]
}

/** Said beside the comparison, always. */
export const BIT_MAP_CAVEAT =
  'The bit map says what the simplified picture costs, not how far each pixel moves the decision. It was not made to rank pixels, and these measures ask for a ranking.'

/** Said below a kept decision that takes nothing to keep: pressed on to the end, the classifier still says so. Null where that is not known. */
export function greySentence(found: Pick<Counterfactual, 'firstFlipped' | 'stopped'> | null): string | null {
  const isGrey = found?.stopped === 'finished' && found.firstFlipped === null
  return isGrey ? 'It would say so of an even grey picture, too.' : null
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
    return `Ended after ${count(Math.max(0, points.length - 1), 'step')}: the search left the range of numbers. Whether the decision flips further on is not known.`
  const end = lastKept ? ` at ${left(lastKept.point.bits)}` : ''
  return `The decision did not flip: the classifier still says "${decisionWords(decision)}" where nothing but a flat grey picture is left${end}. The search only takes away; it does not push towards the other answer.`
}
