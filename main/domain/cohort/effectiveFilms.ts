/** One film of a rate: whether it is a hit, and whose it is. */
interface Observed {
  readonly hit: boolean
  /** Null: not known, and then a patient of its own. */
  readonly patient: string | null
}

/**
 * How many independent films N films of m patients are worth for the interval of their rate p: N / D, where the design
 * effect D, at least 1, is the variance of the rate over patients (jackknife: each patient left out in turn, p₋ the rate of
 * the others) divided by that over films,
 *
 *     D = ((m − 1)² / m² · Σ over patients (p₋ − p)²) / (p(1 − p) / N).
 *
 * A rate leans on a patient of many films, who therefore never lies far from it: the others tell how far. All films together
 * are worth one at least. Where every patient has one film, D is 1. Where all or none are hits, or all films are of one patient, the films cannot
 * say how alike those of a patient are: each patient then counts once.
 *
 * Source: J. N. K. Rao, A. J. Scott, A simple method for the analysis of clustered binary data, Biometrics 48 (1992);
 * L. Kish, Survey Sampling (1965); B. Efron, The Jackknife, the Bootstrap and Other Resampling Plans (1982). The factor
 * m / (m − 1) of the variance is left out, so that with one film a patient the interval is Wilson's, and with as many films
 * of each, all hits or none, that of the patients.
 */
export function effectiveFilms(observed: readonly Observed[]): number {
  const patients = countsOf(observed)
  const films = observed.length
  if (patients.length === films) return films
  const hits = patients.reduce((sum, one) => sum + one.hits, 0)
  if (hits === 0 || hits === films || patients.length === 1) return patients.length
  const rate = hits / films
  const squares = patients.reduce((sum, one) => sum + ((hits - one.hits) / (films - one.films) - rate) ** 2, 0)
  const variance = (1 - 1 / patients.length) ** 2 * squares
  return Math.max(1, films / Math.max(1, (variance * films) / (rate * (1 - rate))))
}

/** Of each patient, in the order of their first films. */
function countsOf(observed: readonly Observed[]): { hits: number; films: number }[] {
  const known = new Map<string, { hits: number; films: number }>()
  const counts: { hits: number; films: number }[] = []
  for (const { hit, patient } of observed) {
    let count = patient === null ? undefined : known.get(patient)
    if (!count) {
      count = { hits: 0, films: 0 }
      counts.push(count)
      if (patient !== null) known.set(patient, count)
    }
    count.films++
    if (hit) count.hits++
  }
  return counts
}
