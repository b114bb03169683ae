import type { CaseStatus, ObjectiveName, PresetName } from '../../contract'
import { digitsApart, isOutsideFlowRange, percent, probabilityWords, thresholdWords } from '../../contract/shared'

export { percent, probabilityWords, thresholdWords }

/** "effusion" or "no effusion", as the classifier's threshold decides. */
export const decisionWords = (decision: boolean): string => (decision ? 'effusion' : 'no effusion')

/** As many digits of a percentage as tell two shares apart, `most` at most. */
export const percentDigits = (one: number, other: number, most = 2): number =>
  digitsApart(one, other, { write: percent, least: 0, most })

/**
 * A decision with its figure, which is always the probability of effusion and so stands beside that word: "effusion 83 %",
 * "no effusion (effusion 12 %)".
 *
 * @param threshold null where it is not known: the figure may then round onto it
 */
export function decisionPhrase(decision: boolean, probability: number, threshold: number | null): string {
  const figure = `effusion ${threshold === null ? percent(probability) : probabilityWords(probability, threshold)}`
  return decision ? figure : `${decisionWords(false)} (${figure})`
}

/** The same as a line of its own. */
export const decisionLine = (...said: Parameters<typeof decisionPhrase>): string => capital(decisionPhrase(...said))

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** 51 234 bits as "51.2 kbit"; the unit is the one in which the figure, rounded, stays below a thousand. */
export function bitsWords(bits: number): string {
  if (Math.abs(bits) >= 999_950) return `${(bits / 1e6).toFixed(2)}\u00a0Mbit`
  if (Math.abs(bits) >= 999.5) return `${(bits / 1000).toFixed(1)}\u00a0kbit`
  return `${bits.toFixed(0)}\u00a0bit`
}

/** Bits per pixel in figures, or a plain statement where the flow has no business with such a picture. */
export const bpdWords = (bpd: number): string =>
  isOutsideFlowRange(bpd) ? "outside the flow's range" : `${bpd.toFixed(2)}\u00a0bits/pixel`

export function secondsWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
}

export const figure = (value: number, digits = 2): string =>
  Math.abs(value) > 0 && Math.abs(value) < 10 ** -digits ? value.toExponential(1) : value.toFixed(digits)

export const statusWords: Record<CaseStatus, string> = {
  new: 'Waiting',
  reading: 'Reading …',
  ready: 'Not audited',
  queued: 'Queued',
  auditing: 'Auditing …',
  audited: 'Audited',
  failed: 'Not readable',
}

export const presetWords: Record<PresetName, { title: string; text: string }> = {
  quick: { title: 'Quick', text: 'A first look with a third of the steps. Too coarse for the shortcut alarm.' },
  standard: { title: 'Standard', text: 'The usual care, with the shortcut alarm.' },
  thorough: { title: 'Thorough', text: 'More than twice as many steps; takes longest.' },
}

export const objectiveWords: Record<ObjectiveName, { title: string; text: string }> = {
  activation: {
    title: 'Activation match',
    text: 'Keeps what each layer of the network contributes to the decision. Faster.',
  },
  gradient: {
    title: 'Gradient match',
    text: 'Keeps how much each weight of the network mattered for its decision. The published method; slower.',
  },
}

export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

/** A path's last part: the name of the file without its folders. */
export const fileName = (path: string): string => path.split(/[\\/]/).pop() ?? path
