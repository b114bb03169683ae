import type { AppInfo, CaseStatus, ObjectiveName, PresetName } from '../../contract'

/** Typed against the contract, so a changed wording there fails the type check here. */
export const RESEARCH_USE_ONLY: AppInfo['researchUseOnly'] = 'Research use only – not for diagnosis'

/**
 * With a space that no line breaks at, as in every figure with its unit here. What would round to nothing or to all without being
 * so is written as a bound.
 */
export function percent(share: number, digits = 0): string {
  const [value, unit] = [share * 100, 10 ** -digits]
  if (value > 0 && value < unit / 2) return `<\u00a0${unit.toFixed(digits)}\u00a0%`
  if (value < 100 && value >= 100 - unit / 2) return `>\u00a0${(100 - unit).toFixed(digits)}\u00a0%`
  return `${value.toFixed(digits)}\u00a0%`
}

/** "effusion" or "no effusion", as the classifier's threshold decides. */
export const decisionWords = (decision: boolean): string => (decision ? 'effusion' : 'no effusion')

/** A decision with its figure, which is always the probability of effusion and so stands beside that word. */
export const decisionLine = (decision: boolean, probability: number): string =>
  decision ? `Effusion ${percent(probability)}` : `No effusion (effusion ${percent(probability)})`

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** 51 234 bits as "51.2 kbit". */
export function bitsWords(bits: number): string {
  if (Math.abs(bits) >= 1e6) return `${(bits / 1e6).toFixed(2)}\u00a0Mbit`
  if (Math.abs(bits) >= 1000) return `${(bits / 1000).toFixed(1)}\u00a0kbit`
  return `${bits.toFixed(0)}\u00a0bit`
}

/** Bits per pixel in figures, or a plain statement where the flow has no business with such a picture. */
export const bpdWords = (bpd: number): string =>
  bpd < 0 || bpd > 16 ? "outside the model's range" : `${bpd.toFixed(2)}\u00a0bits/pixel`

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
  quick: { title: 'Quick', text: 'A first look with a third of the steps. It is too coarse for the shortcut alarm.' },
  standard: { title: 'Standard', text: 'The usual care, with the shortcut alarm.' },
  thorough: { title: 'Thorough', text: 'More than twice as many steps; takes longest.' },
}

export const objectiveWords: Record<ObjectiveName, { title: string; text: string }> = {
  activation: {
    title: 'Activation match',
    text: 'Keeps what each layer of the network passes on for its decision. Faster.',
  },
  gradient: {
    title: 'Gradient match',
    text: 'Keeps how much each weight of the network mattered for its decision. The published method; slower.',
  },
}

export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

/** A path's last part: the name of the file without its folders. */
export const fileName = (path: string): string => path.split(/[\\/]/).pop() ?? path
