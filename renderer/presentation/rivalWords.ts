import type { AuditRecord, Rival } from '../../contract'
import {
  distanceFromFilm,
  filmDistanceWords,
  matchingDistanceOf,
  rivalName,
  rivalsOfSameBits,
} from '../../contract/shared'
import { figure } from './words'

/**
 * How many of the cheap pictures keep the decision, and how many lie nearer to the film than the simplified one, of this audit.
 * Those that cost more are no match for it: they are named apart.
 */
export function rivalsSentence(audit: AuditRecord): string {
  const { rivals, simplified } = audit
  if (rivals.length === 0) return 'No cheap pictures were measured.'
  const same = rivalsOfSameBits(audit)
  return `${sameBitsSentence(audit, same)}${dearSentence(
    rivals.filter((rival) => !same.includes(rival)),
    simplified.bits,
  )}`
}

function sameBitsSentence(audit: AuditRecord, same: readonly Rival[]): string {
  if (same.length === 0) return 'No cheap picture with about the same bits could be made.'
  const own = distanceFromFilm(audit, matchingDistanceOf(audit))
  const kept = same.filter(({ decisionKept }) => decisionKept).length
  const nearer = same.filter(({ matchingDistance }) => distanceFromFilm(audit, matchingDistance) < own).length
  const share = (number: number) => `${number === 0 ? 'none' : number} of ${same.length}`
  return `Cheap pictures of about the same bits: ${share(kept)} ${kept > 1 ? 'keep' : 'keeps'} the decision, ${share(nearer)} ${nearer > 1 ? 'lie' : 'lies'} nearer to the film than the simplified picture (distance).`
}

/** " Not counted: JPEG, quality 1, at 2.9 × the bits of the simplified picture."; empty where none costs more. */
function dearSentence(dear: readonly Rival[], bits: number): string {
  if (dear.length === 0) return ''
  const named = dear.map((rival) => `${rivalName(rival)}, at ${(rival.figures.bits / bits).toFixed(1)} ×`)
  return ` Not counted: ${named.join('; ')} the bits of the simplified picture.`
}

/** Ratio of matching distances rival : counterpart, as "12 ×"; a dash where the counterpart's distance is nil. */
export function distanceRatio(rival: number, counterpart: number): string {
  return counterpart > 1e-6 ? `${figure(rival / counterpart, rival / counterpart < 10 ? 1 : 0)} ×` : '–'
}

/** What stands below the table: how its figures and colours are to be read. */
export function rivalsKey({ original }: Pick<AuditRecord, 'original'>): string {
  return `Effusion: its probability; red: another decision than on the film, or not the same under every noise. Distance: ${filmDistanceWords(original.matchingDistance, 3)}. In brackets: times the simplified picture's distance.`
}
