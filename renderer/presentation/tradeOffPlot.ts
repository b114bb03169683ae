import type { Cell, TradeOff } from '../../contract'
import { scoreWords, settingWords } from './labWords'
import type { MarkShape, Plotted } from './plotted'
import { percent } from './words'

export type TestedOn = 'simplified' | 'original'

/** Colour and mark of a method: never colour alone. */
export const methodLooks: Record<Cell['method'], { readonly colour: string; readonly shape: MarkShape }> = {
  bits: { colour: '#6cb8ff', shape: 'circle' },
  l2: { colour: '#f4bb53', shape: 'square' },
  blur: { colour: '#7fd1a0', shape: 'triangle' },
  jpeg: { colour: '#ff9fb2', shape: 'diamond' },
  condensation: { colour: '#6cb8ff', shape: 'circle' },
}

interface TradeOffPoint {
  readonly key: string
  readonly method: Cell['method']
  readonly name: string
  readonly bpd: number
  readonly score: number
  readonly spread: number | null
  readonly cells: readonly string[]
}

/** Every setting as a point that can be chosen, in the order of the plot. */
export function tradeOffPoints({ series }: TradeOff, testedOn: TestedOn): TradeOffPoint[] {
  return series.flatMap(({ method, points }) =>
    points.map((point) => ({
      key: `${method} ${point.value}`,
      method,
      name: settingWords({ method, value: point.value }),
      bpd: point.bpd,
      score: point[testedOn],
      cells: point.cells,
      spread: testedOn === 'simplified' ? point.spread : null,
    })),
  )
}

/**
 * The setting that shows best what a run is about: of the run's own method, the fewest bits with which a classifier does as well
 * as on originals; the best score where none does. Null where no setting has pictures.
 */
export function bestSetting(tradeOff: TradeOff, hasPictures: (cell: string) => boolean): TradeOffPoint | null {
  const shown = tradeOffPoints(tradeOff, 'simplified').filter(({ cells }) => cells.some(hasPictures))
  const own = shown.filter(({ method }) => method === 'bits' || method === 'condensation')
  const points = own.length > 0 ? own : shown
  const kept = points.filter(({ score }) => score >= tradeOff.reference).sort((a, b) => a.bpd - b.bpd)
  return kept[0] ?? [...points].sort((a, b) => b.score - a.score)[0] ?? null
}

export function tradeOffPlot(tradeOff: TradeOff, testedOn: TestedOn, chosen: string | null): Plotted {
  const points = tradeOffPoints(tradeOff, testedOn)
  return {
    series: tradeOff.series.map(({ method }) => ({
      name: method,
      ...methodLooks[method],
      faint: false,
      points: points
        .filter((point) => point.method === method)
        .map(({ key, bpd, score, spread }) => ({ key, x: bpd, y: score, spread })),
    })),
    levels: [
      { at: tradeOff.reference, along: 'y', name: 'trained on originals' },
      { at: tradeOff.originalBpd, along: 'x', name: 'originals' },
    ],
    chosen,
  }
}

/** "Bits pressed out, λ 0.5: accuracy 91.2 % at 2.31 bits a value, 48 % of the originals’ bits." */
export function pointSentence(point: TradeOffPoint, { score, originalBpd }: TradeOff): string {
  const name = score === 'auc' ? 'AUC' : 'accuracy'
  const left = percent(point.bpd / originalBpd)
  return `${point.name}: ${name} ${scoreWords(point.score, point.spread, score)} at ${point.bpd.toFixed(2)} bits a value, ${left} of the originals’ bits.`
}
