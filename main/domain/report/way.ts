import { isDecisionKept, reportedPath, type AuditFrames, type AuditRecord, type PathPoint } from '../../../contract'
import type { CaseReport, CurvePoint, StripPicture } from './caseReport'
import { percentText, probabilityText } from '../numbers'

const STRIP_LENGTH = 8

/** The way from the film to its counterpart as points of bits left against probability. */
export function curve(record: AuditRecord): CaseReport['curve'] {
  const share = (bits: number) => bits / record.original.bits
  const points = reportedPath(record).map(({ bits, probability, decisionKept }): CurvePoint => ({
    bitsLeft: share(bits),
    probability,
    kept: decisionKept,
  }))
  return {
    points,
    film: { bitsLeft: 1, probability: record.original.probability, kept: true },
    chosen: {
      bitsLeft: share(record.simplified.bits),
      probability: record.simplified.probability,
      kept: isDecisionKept(record),
    },
    threshold: record.threshold,
    flat: share(record.flatBits),
  }
}

/** Up to eight pictures of the way in its order, evenly spread, the chosen one always among them. */
export function strip(record: AuditRecord, frames: AuditFrames): StripPicture[] {
  const size = frames.count === 0 ? 0 : frames.pictures.length / frames.count
  const pictured = reportedPath(record).filter((point) => point.frame !== null && point.frame < frames.count)
  return spreadOver(pictured, (point) => point.frame === record.simplified.frame).map((point) => ({
    picture: frames.pictures.slice((point.frame ?? 0) * size, ((point.frame ?? 0) + 1) * size),
    bitsLeft: percentText(point.bits / record.original.bits),
    probability: probabilityText(point.probability),
    kept: point.decisionKept,
    chosen: point.frame === record.simplified.frame,
  }))
}

function spreadOver(points: readonly PathPoint[], isChosen: (point: PathPoint) => boolean): PathPoint[] {
  if (points.length <= STRIP_LENGTH) return [...points]
  const indices = Array.from({ length: STRIP_LENGTH }, (_, i) =>
    Math.round((i * (points.length - 1)) / (STRIP_LENGTH - 1)),
  )
  const chosen = points.findIndex(isChosen)
  if (chosen >= 0 && !indices.includes(chosen)) {
    const distances = indices.map((index) => Math.abs(index - chosen))
    indices[distances.indexOf(Math.min(...distances))] = chosen
  }
  return indices.flatMap((index) => points[index] ?? [])
}
