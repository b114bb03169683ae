import { percent, probabilityWords, thresholdWords } from '../../contract'

/** How numbers are written in reports and tables: one place, British English, a true minus sign, never a silent clamp. */

const MINUS = '−'

/** What rounds to zero from below is zero: "−0" would be read as something. */
function fixed(value: number, digits: number): string {
  return value
    .toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .replace(/^-(?=[0.]+$)/, '')
    .replace(/^-/, MINUS)
}

/** "0.734"; a value that would round to 0 or 1 without being so is written as a bound. */
export function probabilityText(value: number): string {
  if (value > 0 && value < 0.001) return '< 0.001'
  if (value < 1 && value > 0.999) return '> 0.999'
  return fixed(value, 3)
}

/** As the window writes it, with a plain space: terminals and tables of text count it as one character. */
export function percentText(share: number, digits = 0): string {
  return plainSpaces(percent(share, digits))
}

/** The same of a probability that stands beside its decision: in as many digits as show on which side of the threshold it lies. */
export function decidedPercentText(probability: number, threshold: number): string {
  return plainSpaces(probabilityWords(probability, threshold))
}

/** "24.1 %"; in more digits where one of the probabilities beside it needs them. */
export function thresholdPercentText(threshold: number, beside: readonly number[] = []): string {
  return plainSpaces(thresholdWords(threshold, beside))
}

export function bitsText(bits: number): string {
  return fixed(bits, 0)
}

/** So many digits behind the point; a positive value that would be written as zero becomes "< 0.001". */
export function decimalText(value: number, digits = 3): string {
  const smallest = 10 ** -digits
  return value > 0 && value < smallest / 2 ? `< ${fixed(smallest, digits)}` : fixed(value, digits)
}

/** "12×", "3.4×", "< 0.1×"; without a sensible denominator "–". */
export function ratioText(numerator: number, denominator: number): string {
  if (!(denominator > 0) || !Number.isFinite(numerator)) return '–'
  const ratio = numerator / denominator
  return `${decimalText(ratio, ratio < 9.95 ? 1 : 0)}×`
}

/** "2026-11-24 03:55" of an ISO time; it is UTC and the label has to say so. */
export function timeText(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`
}

const plainSpaces = (text: string): string => text.replaceAll('\u00a0', ' ')
