import { percent, probabilityWords } from './words'
import type { Stop } from './wayStops'

/** What a stop's figures are read beside. */
interface Read {
  readonly filmBits: number
  readonly threshold: number
}

/** "38 % of the bits, effusion 25 %": what a stop costs and what the classifier says of it, on the side of the threshold where it lies. */
export const stopFigures = ({ figures }: Stop, { filmBits, threshold }: Read): string =>
  `${percent(figures.bits / filmBits)} of the bits, effusion ${probabilityWords(figures.probability, threshold)}`

/** The same with what becomes of the decision; of the film, which every stop is compared with, nothing does. */
export function stopTitle(stop: Stop, read: Read): string {
  if (!stop.point) return `The film: ${stopFigures(stop, read)}`
  return `${stopFigures(stop, read)}, decision ${stop.point.decisionKept ? 'kept' : 'not kept'}`
}
