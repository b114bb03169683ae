import type { Proportion } from '../../../contract'
import type { CohortFilm } from './cohortFilm'
import { effectiveFilms } from './effectiveFilms'

/** Normal quantile of a two-sided 95 % interval. */
const Z = 1.959963984540054

/**
 * A share with its 95 % score interval: (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n).
 *
 * Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927). It stays
 * within 0 … 1 and has a width where p is 0 or 1, which few films make likely.
 *
 * @param hits 0 … total
 * @param worth how many independent observations the total is worth: the n of the formula, above 0
 */
export function proportionOf(hits: number, total: number, worth = total): Proportion {
  if (total === 0) return { hits, total, estimate: null }
  const value = hits / total
  const square = (Z * Z) / worth
  const middle = value + square / 2
  const half = Z * Math.sqrt((value * (1 - value)) / worth + square / (4 * worth))
  const low = hits === 0 ? 0 : (middle - half) / (1 + square)
  const high = hits === total ? 1 : (middle + half) / (1 + square)
  return { hits, total, estimate: { value, low, high } }
}

/** The share of films that meet a condition; its interval knows that films of one patient are alike. */
export function proportionWhere<F extends Pick<CohortFilm, 'patient'>>(
  films: readonly F[],
  meets: (film: F) => boolean,
): Proportion {
  const seen = films.map((film) => ({ hit: meets(film), patient: film.patient }))
  return proportionOf(seen.filter(({ hit }) => hit).length, films.length, effectiveFilms(seen))
}
