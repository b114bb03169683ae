import type { PathPoint } from '../../contract'
import { detailRows, detailUnit, type DetailRow, type DetailRuler } from '../../contract/shared'
import { percent } from './words'

export const DETAIL_LEFT = 'Detail left'

/** What the map of it shows, at every stop of the way. */
export const detailText =
  "How much of the film's detail the search has left at each place, looking for the least with which the classifier works as it does on the film: 0\u00a0% is only the mean grey, 100\u00a0% as on the film. All sizes of structure have equal weight."

/** What its bars scale by scale are, and what does not follow from them. */
export const detailScalesText =
  "How much of the film's detail this picture has left, by size of structure: 0\u00a0% is only the mean grey, 100\u00a0% as on the film. That it was left does not prove that it decides."

/** In the map's place before there is an audit. */
export const detailAwaited =
  "Detail left shows how much of the film's detail had to stay at each place. It comes with an audit."

/** In the map's place where a picture is there, but not what it has left. */
export const detailMissing = (estimated: boolean): string =>
  estimated
    ? "The instant estimate does not say how much of the film's detail had to stay. That comes with an audit."
    : 'This audit was made by an earlier version, which did not keep the detail left. Audit the film again to see it.'

/** What a key image of the map shows; `high`: where its colours end, null: it shows nothing. */
export const detailMapWords = (high: number | null): string =>
  high === null ? 'not known of this picture' : `share of the film's detail, colours from 0 to ${percent(high)}`

/** "detail left 34 %". */
export const detailLeftWords = (share: number): string => `detail left ${percent(share)}`

interface StopDetail {
  readonly heading: string
  /** The finest scale first. */
  readonly rows: readonly DetailRow[]
}

/**
 * What a stop has left scale by scale; null where that is not known.
 *
 * @param sigmas the record's (`AuditRecord.detailSigmas`); a running audit has none yet, and its scales are named by their order
 */
export function stopDetail(
  point: Pick<PathPoint, 'detail'> | null,
  sigmas: readonly number[] | undefined,
  ruler: DetailRuler,
): StopDetail | null {
  const shares = point?.detail
  if (!shares) return null
  if (sigmas)
    return {
      heading: `Width of structures, ${detailUnit(ruler.header.spacing)}`,
      rows: detailRows({ shares, sigmas }, ruler),
    }
  const width = (i: number) => (i === 0 ? 'finest' : i === shares.length - 1 ? 'coarsest' : `scale ${i + 1}`)
  return { heading: 'Size of structures', rows: shares.map((share, i) => ({ share, width: width(i) })) }
}
