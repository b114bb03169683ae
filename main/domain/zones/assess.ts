import { edgeRise, stepAtBase, type Evidence } from './fitPose'
import { PARTS, placed, type EdgePart, type Pose } from './lungShape'

/** A rise as high as this is as clear as an edge gets. */
const CLEAR = 0.8

export interface LungAssessment {
  /** 0 … 1, mean over the edge of min(rise / 0.8, 1). */
  readonly confidence: number
  /** Mean rise of the base, in local standard deviations. */
  readonly base: number
  /** Step in brightness at the base, in the film's range from its 10th to its 90th percentile. */
  readonly step: number
}

/** How clearly the picture shows the edges of one lung of a pose. */
export function assessLung(evidence: Evidence, pose: Pose, side: 'left' | 'right'): LungAssessment {
  const points = placed(pose, side)
  const rises = points.map((_, i) => edgeRise(evidence.contrast, points, i))
  const of = (wanted: EdgePart | null) => rises.filter((_, i) => wanted === null || PARTS[i] === wanted)
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const confidence = mean(of(null).map((rise) => Math.min(1, Math.max(0, rise / CLEAR))))
  return {
    confidence: Math.round(confidence * 1000) / 1000,
    base: mean(of('base')),
    step: stepAtBase(evidence, points),
  }
}
