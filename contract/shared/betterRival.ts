import type { AuditRecord } from '../audit'
import { percent } from './percent'
import { isDecisionKept, matchingDistanceOf, type Judged } from './retention'
import { rivalName } from './rivalName'

/** Up to so many times the simplified picture's bits a rival costs about the same. */
const ABOUT_THE_SAME = 1.1

type Compared = Judged & Pick<AuditRecord, 'rivals'>

/** A distance as it counts: from where the film itself lies, where that was measured. */
export const distanceFromFilm = ({ original }: Pick<AuditRecord, 'original'>, distance: number): number =>
  original.matchingDistance === undefined ? distance : Math.abs(distance - original.matchingDistance)

/** The rivals that cost about the simplified picture's bits, or fewer; those that cannot be made so cheap are no match for it. */
export const rivalsOfSameBits = ({ rivals, simplified }: Pick<Compared, 'rivals' | 'simplified'>) =>
  rivals.filter(({ figures }) => figures.bits <= ABOUT_THE_SAME * simplified.bits)

/** Said beside the certificate where plain processing does as well: the cheap picture that lies nearest to the film; null where none does. */
export function betterRivalSentence(audit: Compared): string | null {
  if (!isDecisionKept(audit)) return null
  const own = distanceFromFilm(audit, matchingDistanceOf(audit))
  const [best] = rivalsOfSameBits(audit)
    .filter(({ decisionKept }) => decisionKept)
    .map((rival) => ({ rival, distance: distanceFromFilm(audit, rival.matchingDistance) }))
    .filter(({ distance }) => distance <= own)
    .sort((a, b) => a.distance - b.distance)
  if (!best) return null
  const { figures } = best.rival
  return `Plain processing does as well here: ${rivalName(best.rival)} leaves ${percent(figures.bits / audit.original.bits)} of the bits, keeps the decision, and the classifier uses it at least as much like the film.`
}
