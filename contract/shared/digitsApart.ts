/** How a number is written with so many digits, and how few and how many it may have. */
interface Writing {
  readonly write: (value: number, digits: number) => string
  readonly least: number
  readonly most: number
}

/** As many digits as it takes for two numbers to be written differently: the least for equal ones, the most where none tell them apart. */
export function digitsApart(one: number, other: number, { write, least, most }: Writing): number {
  if (one === other) return least
  let digits = least
  while (digits < most && write(one, digits) === write(other, digits)) digits++
  return digits
}
