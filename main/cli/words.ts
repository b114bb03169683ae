import type { ModelName, Progress, WireError } from '../../contract'

/** "1 film", "3 films". */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

/** "3 min 20 s", "45 s". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** ", 45 s left"; nothing as long as it is not known. */
export function leftText(seconds: number | null): string {
  return seconds === null ? '' : `, ${duration(seconds)} left`
}

/** "40/240, 3 min 20 s left  loss 0.31". */
export function stepsText({ done, total, secondsLeft, note }: Progress): string {
  return `${done}/${total}${leftText(secondsLeft)}  ${note}`
}

/** "17 %, 3 min 20 s left  step 12". */
export function percentDoneText({ done, total, secondsLeft, note }: Progress): string {
  return `${Math.round((100 * done) / total)} %${leftText(secondsLeft)}  ${note}`
}

/** What the decisions above it were held against. */
export function saysYesFrom(model: ModelName, threshold: string): string {
  return `“yes” is effusion, from ${threshold} up (${model}).`
}

/** The line that names a file which failed. A film that must be confirmed is confirmed by an option here, by a click in the window. */
export function failed({
  file,
  error: { code, message },
}: {
  readonly file: string
  readonly error: WireError
}): string {
  const remedy = code === 'WRONG_MODALITY' ? ' Add --force to confirm it.' : ''
  return onOneLine(`${file}: ${code}: ${message}${remedy}`)
}

/** A file's name may hold line ends and what steers a terminal: neither forges a row. */
export function onOneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd')
}
