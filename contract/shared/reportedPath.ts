import type { AuditOutcome, PathPoint } from '../audit'

/**
 * The way as it is shown: the chosen stop has the figures of the result, which are means over several noises. The search
 * measured each stop under one, and a difference of a rounding would read as two numbers for one picture.
 */
export function reportedPath({ path, simplified }: Pick<AuditOutcome, 'path' | 'simplified'>): PathPoint[] {
  const { frame, bits, bpd, aboveFlat, probability } = simplified
  return path.map((point) => (point.frame === frame ? { ...point, bits, bpd, aboveFlat, probability } : point))
}
