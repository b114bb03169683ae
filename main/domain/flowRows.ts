import type { Estimate, MeasuredFilm } from '../../contract'
import { decimalText, percentText } from './numbers'
import { markdownTable, plainTable } from './summaryTable'

/** What is told with an interval, in the table's order. */
const FLOW_FIGURES = ['windowed', 'storedCut', 'storedOpen', 'jpegLsWindowed', 'jpegLsStored'] as const
type FlowFigure = (typeof FLOW_FIGURES)[number]

/** A group of held-out films: means over films, in bits a pixel where nothing else is said. */
export interface FlowRow {
  readonly group: string
  readonly films: number
  readonly bits: Readonly<Record<FlowFigure, Estimate>>
  readonly log2Stretch: number
  /** Share of pixels. */
  readonly cutOff: number
}

const HEADINGS: Readonly<Record<FlowFigure, string>> = {
  windowed: 'flow, through the window',
  storedCut: 'flow, stored grey, cut-off charged',
  storedOpen: 'flow, stored grey, nothing cut off',
  jpegLsWindowed: 'JPEG-LS, windowed picture',
  jpegLsStored: 'JPEG-LS, stored grey',
}

/** Every group in the order in which it first comes. @param estimate mean and interval of a figure over a group's films */
export function flowRows(films: readonly MeasuredFilm[], estimate: (values: readonly number[]) => Estimate): FlowRow[] {
  const groups = [...new Set(films.flatMap((film) => film.groups))]
  return groups.map((group) => {
    const own = films.filter((film) => film.groups.includes(group))
    const of = (figure: (film: MeasuredFilm) => number) => estimate(own.map(figure))
    return {
      group,
      films: own.length,
      bits: {
        windowed: of((film) => film.windowed),
        storedCut: of((film) => film.storedCut),
        storedOpen: of((film) => film.storedOpen),
        jpegLsWindowed: of(({ jpegLs }) => jpegLs.windowed),
        jpegLsStored: of(({ jpegLs }) => jpegLs.stored),
      },
      log2Stretch: of((film) => film.log2Stretch).value,
      cutOff: of((film) => film.cutOff).value,
    }
  })
}

/** The cells of the table: heading, a line a group; mean bits a pixel with their 95 % intervals. */
export function flowCells(rows: readonly FlowRow[]): string[][] {
  const heading = ['group', 'films', ...FLOW_FIGURES.map((figure) => HEADINGS[figure]), 'log2 stretch', 'cut off']
  const cells = rows.map(({ group, films, bits, log2Stretch, cutOff }) => [
    ...[group, String(films)],
    ...FLOW_FIGURES.map((figure) => estimateText(bits[figure])),
    ...[decimalText(log2Stretch, 2), percentText(cutOff, 1)],
  ])
  return [heading, ...cells]
}

/** For terminal or documents. */
export function flowTableText(rows: readonly FlowRow[], markdown: boolean): string {
  return (markdown ? markdownTable : plainTable)(flowCells(rows))
}

const estimateText = ({ value, low, high }: Estimate) => `${value.toFixed(3)} (${low.toFixed(3)} – ${high.toFixed(3)})`
