import { methodName, type MethodName, type MethodRow } from '../../../contract'
import { markdownTable } from '../summaryTable'

/** Mean and standard deviation (n − 1; null of one film) over films; null where no film has the figure. */
interface MeanAndSd {
  readonly mean: number
  readonly sd: number | null
  readonly films: number
}

/** One method over a cohort. */
interface CohortRow {
  readonly method: MethodName
  readonly insertion: MeanAndSd | null
  readonly deletion: MeanAndSd | null
  readonly randomised: MeanAndSd | null
  readonly randomisedSsim: MeanAndSd | null
  readonly repeatability: MeanAndSd | null
  readonly seconds: MeanAndSd | null
}

/** The figures of each method over films, in the order of the contract; methods without a row are left out. */
export function cohortOf(films: readonly (readonly MethodRow[])[]): CohortRow[] {
  return methodName.options.flatMap((method): CohortRow[] => {
    const rows = films.flatMap((film) => film.filter((row) => row.method === method))
    if (rows.length === 0) return []
    const over = (figure: (row: MethodRow) => number | null | undefined) =>
      meanAndSd(rows.flatMap((row) => figure(row) ?? []))
    return [
      {
        method,
        insertion: over((row) => row.insertion),
        deletion: over((row) => row.deletion),
        randomised: over((row) => row.randomised?.spearman),
        randomisedSsim: over((row) => row.randomised?.ssim),
        repeatability: over((row) => row.repeatability),
        seconds: over((row) => row.seconds),
      },
    ]
  })
}

function meanAndSd(values: readonly number[]): MeanAndSd | null {
  if (values.length === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null, films: values.length }
}

const METHOD_TITLES: Readonly<Record<MethodName, string>> = {
  gradCam: 'Grad-CAM',
  integratedGradients: 'Integrated gradients',
  occlusion: 'Occlusion',
  keptBits: 'Bit map, kept',
  keptDetail: 'Detail left',
  originalBits: 'Bit map, film',
  random: 'Pixels in random order',
}

/** The table of a cohort; the heading first. */
export function cohortCells(rows: readonly CohortRow[]): string[][] {
  const heading = [
    'method',
    'insertion ↑',
    'deletion ↓',
    'randomised, ρ ↓',
    'randomised, SSIM ↓',
    'repeatability ↑',
    's a film',
  ]
  const cell = (figure: MeanAndSd | null, digits = 3) =>
    figure ? `${figure.mean.toFixed(digits)}${figure.sd === null ? '' : ` ± ${figure.sd.toFixed(digits)}`}` : '–'
  return [
    heading,
    ...rows.map((row) => [
      METHOD_TITLES[row.method],
      cell(row.insertion),
      cell(row.deletion),
      cell(row.randomised),
      cell(row.randomisedSsim),
      cell(row.repeatability),
      cell(row.seconds, 1),
    ]),
  ]
}

/** For terminal and documents. */
export function cohortText(rows: readonly CohortRow[]): string {
  return markdownTable(cohortCells(rows))
}
