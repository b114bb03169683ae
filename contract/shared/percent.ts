/**
 * A share as per cent, in window, report and tables alike: "31 %", with a space that no line breaks at. What would round to
 * nothing or to all without being so is written as a bound ("< 1 %"), and what rounds to zero from below as zero: a share of
 * what lies above a flat picture may be a little below it, and "−0 %" would be read as something.
 */
export function percent(share: number, digits = 0): string {
  const [value, unit] = [share * 100, 10 ** -digits]
  if (value > 0 && value < unit / 2) return `<\u00a0${unit.toFixed(digits)}\u00a0%`
  if (value < 100 && value >= 100 - unit / 2) return `>\u00a0${(100 - unit).toFixed(digits)}\u00a0%`
  const text = value.toFixed(digits)
  return `${Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')}\u00a0%`
}
