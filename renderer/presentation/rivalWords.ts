import type { AuditRecord } from '../../contract'
import { filmDistanceWords, isDecisionKept, matchingDistanceOf, percent, rivalName } from '../../contract/shared'

/** A distance as it counts: from where the film itself lies, where that was measured. */
const fromFilm = ({ original }: AuditRecord, distance: number): number =>
  original.matchingDistance === undefined ? distance : Math.abs(distance - original.matchingDistance)

/** How many of the cheap pictures keep the decision, and how many lie nearer to the film than the simplified one, of this audit. */
export function rivalsSentence(audit: AuditRecord): string {
  const { rivals } = audit
  if (rivals.length === 0) return 'No cheap pictures were measured.'
  const own = fromFilm(audit, matchingDistanceOf(audit))
  const kept = rivals.filter(({ decisionKept }) => decisionKept).length
  const nearer = rivals.filter(({ matchingDistance }) => fromFilm(audit, matchingDistance) < own).length
  const share = (number: number) => `${number === 0 ? 'none' : number} of ${rivals.length}`
  return `Cheap pictures of about the same bits: ${share(kept)} ${kept > 1 ? 'keep' : 'keeps'} the decision, ${share(nearer)} ${nearer > 1 ? 'lie' : 'lies'} nearer to the film than the simplified picture (distance).`
}

/** Up to so many times the simplified picture's bits a rival costs about the same. */
const ABOUT_THE_SAME = 1.1

/** Said beside the certificate where plain processing does as well: the cheap picture that lies nearest to the film; null where none does. */
export function betterRivalSentence(audit: AuditRecord): string | null {
  if (!isDecisionKept(audit)) return null
  const { rivals, simplified, original } = audit
  const own = fromFilm(audit, matchingDistanceOf(audit))
  const [best] = rivals
    .filter(({ figures, decisionKept }) => decisionKept && figures.bits <= ABOUT_THE_SAME * simplified.bits)
    .map((rival) => ({ rival, distance: fromFilm(audit, rival.matchingDistance) }))
    .filter(({ distance }) => distance <= own)
    .sort((a, b) => a.distance - b.distance)
  if (!best) return null
  const { figures } = best.rival
  return `Plain processing does as well here: ${rivalName(best.rival)} leaves ${percent(figures.bits / original.bits)} of the bits, keeps the decision, and the classifier uses it at least as much like the film.`
}

/** What stands below the table: how its figures and colours are to be read. */
export function rivalsKey({ original }: Pick<AuditRecord, 'original'>): string {
  return `Effusion: its probability; red: another decision than on the film, or not the same under every noise. Distance: ${filmDistanceWords(original.matchingDistance, 3)}. In brackets: times the simplified picture's distance.`
}
