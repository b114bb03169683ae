import { digitsApart } from '../../../contract'
import { decimalText, probabilityText } from '../numbers'

/** Digits of a probability; `probabilityText` has as many. */
const USUAL = 3
/** Beyond these nobody reads on which side of a threshold a probability lies. */
const MOST = 7

function digitsBeside(probability: number, threshold: number): number {
  if (probabilityText(probability) !== probabilityText(threshold)) return USUAL
  return digitsApart(probability, threshold, { write: decimalText, least: USUAL, most: MOST })
}

/** A probability in as many digits as show on which side of the threshold it lies, three at least. */
export function probabilityBeside(probability: number, threshold: number): string {
  const digits = digitsBeside(probability, threshold)
  return digits === USUAL ? probabilityText(probability) : decimalText(probability, digits)
}

/** "29.2 %", as the window writes it; in more digits where a probability that stands beside it needs them. */
export function thresholdText(threshold: number, beside: readonly number[] = []): string {
  return `${decimalText(threshold * 100, thresholdDigits(threshold, beside) - 2)} %`
}

/** The same as a probability: "0.292". */
export function thresholdAsProbability(threshold: number, beside: readonly number[]): string {
  return decimalText(threshold, thresholdDigits(threshold, beside))
}

const thresholdDigits = (threshold: number, beside: readonly number[]): number =>
  Math.max(USUAL, ...beside.map((probability) => digitsBeside(probability, threshold)))
