import type { ReliabilityBin } from '../../../contract'
import type { RatedFilm } from './cohortFilm'
import { proportionWhere } from './proportion'

const BINS = 10

/** Observed share of effusions against the mean probability, in ten bins of equal width; 1 falls into the last. */
export function reliabilityBins(films: readonly RatedFilm[]): ReliabilityBin[] {
  const bins = Array.from({ length: BINS }, (): RatedFilm[] => [])
  for (const film of films) bins[binOf(film.probability)]?.push(film)
  return bins.map((members, bin) => {
    return {
      low: bin / BINS,
      high: (bin + 1) / BINS,
      films: members.map(({ id }) => id),
      predicted: members.length === 0 ? null : meanOf(members.map(({ probability }) => probability)),
      observed: proportionWhere(members, ({ positive }) => positive),
    }
  })
}

/**
 * Expected calibration error: Σ over bins (films of the bin / films) · |observed − predicted|.
 *
 * Source: M. P. Naeini, G. F. Cooper, M. Hauskrecht, AAAI 2015.
 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, { films }) => sum + films.length, 0)
  return bins.reduce((sum, { films, predicted, observed: { estimate } }) => {
    if (predicted === null || estimate === null) return sum
    return sum + (films.length / total) * Math.abs(estimate.value - predicted)
  }, 0)
}

const binOf = (probability: number): number => Math.min(BINS - 1, Math.floor(probability * BINS))

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
