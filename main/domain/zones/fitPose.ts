import { PARTS, placed, type EdgePart, type Pose } from './lungShape'
import { sample, type Box } from './picture'
import { outwardNormal, type Point } from './polygon'

/** How far in and out of the edge darkness is compared, in model pixels. */
const REACH = 2.5
/** Below the diaphragm it stays bright; below the upper edge of a breast lies lung again. */
const FAR_REACH = 7
/** One very strong edge (a collimator, a device) must not outweigh a whole side. */
const MOST = 1.2
/** The step in brightness at the base, beside the edges' rise: breast shadows have an edge but no such step. */
const STEP_WEIGHT = 0.5
const BASE_DISTANCES = [4, 7, 10, 14]
const WEIGHT: Readonly<Record<EdgePart, number>> = { apex: 0.8, lateral: 1, base: 0.7, medial: 0.9 }

/** Means and standard deviations of a pose, as shares of the film's width or height: broad, from everyday films. */
interface Prior {
  readonly mean: number
  readonly sd: number
}
const PRIOR = {
  midline: { mean: 0.5, sd: 0.06 },
  tilt: { mean: 0, sd: 0.06 },
  apex: { mean: 0.12, sd: 0.06 },
  width: { mean: 0.385, sd: 0.06 },
  base: { mean: 0.8, sd: 0.09 },
  /** Of the two sides' widths and bases apart. */
  apart: { mean: 0, sd: 0.05 },
} satisfies Record<string, Prior>
const PRIOR_WEIGHT = 0.05

/** Rise from inside to outside of the edge at a vertex, in local standard deviations: lung is dark, its surroundings are not. */
export function edgeRise(contrast: Float32Array, points: readonly Point[], i: number): number {
  const normal = normalOut(points, i)
  const p = points[i] ?? { x: 0, y: 0 }
  const rise = (reach: number) => {
    const outer = sample(contrast, p.x + normal.x * reach, p.y + normal.y * reach)
    const inner = sample(contrast, p.x - normal.x * reach, p.y - normal.y * reach)
    return Math.min(MOST, Math.max(-MOST, outer - inner))
  }
  return PARTS[i] === 'base' ? (rise(REACH) + rise(FAR_REACH)) / 2 : rise(REACH)
}

/** Outward, whichever way the outline runs: a lung's outline starts at the apex and goes to its lateral wall. */
export function normalOut(points: readonly Point[], i: number): Point {
  const { x, y } = outwardNormal(points, i)
  const first = points[0] ?? { x: 0, y: 0 }
  const lateral = points[8] ?? first
  return lateral.x > first.x ? { x, y } : { x: -x, y: -y }
}

/** What a pose is judged on: edges in local contrast, and how bright it is below the bases against the lungs. */
export interface Evidence {
  readonly contrast: Float32Array
  /** Blurred picture, 0 … 1 between the 10th and the 90th percentile of the film. */
  readonly brightness: Float32Array
  readonly box: Box
}

/** The pose whose edges show best: coarse grid, then one parameter after the other in ever smaller steps. */
export function fitPose(evidence: Evidence): Pose {
  const { box } = evidence
  let best = { pose: poseAt(box, { midline: 0.5, apex: 0.12, base: 0.8, width: 0.385 }), score: -Infinity }
  for (const midline of [0.42, 0.46, 0.5, 0.54, 0.58])
    for (const apex of [0.04, 0.09, 0.14, 0.19, 0.24])
      for (const base of [0.62, 0.69, 0.76, 0.83, 0.9, 0.96])
        for (const width of [0.28, 0.33, 0.38, 0.43, 0.47]) {
          const pose = poseAt(box, { midline, apex, base, width })
          const score = poseScore(evidence, pose)
          if (score > best.score) best = { pose, score }
        }
  for (const step of [6, 4, 3, 2, 1, 0.5])
    for (let round = 0; round < 3; round++)
      for (const change of changes(step)) {
        const pose = change(best.pose)
        const score = poseScore(evidence, pose)
        if (score > best.score) best = { pose, score }
      }
  return best.pose
}

function poseAt(box: Box, at: { midline: number; apex: number; base: number; width: number }): Pose {
  const side = { width: at.width * box.width, base: box.y + at.base * box.height }
  return {
    midline: box.x + at.midline * box.width,
    tilt: 0,
    apex: box.y + at.apex * box.height,
    left: side,
    right: side,
  }
}

function changes(step: number): ((pose: Pose) => Pose)[] {
  const both = [step, -step]
  return both.flatMap((by) => [
    (pose: Pose) => ({ ...pose, midline: pose.midline + by }),
    (pose: Pose) => ({ ...pose, apex: pose.apex + by }),
    (pose: Pose) => ({ ...pose, tilt: pose.tilt + by / 60 }),
    (pose: Pose) => ({ ...pose, left: { ...pose.left, base: pose.left.base + by } }),
    (pose: Pose) => ({ ...pose, right: { ...pose.right, base: pose.right.base + by } }),
    (pose: Pose) => ({ ...pose, left: { ...pose.left, width: pose.left.width + by } }),
    (pose: Pose) => ({ ...pose, right: { ...pose.right, width: pose.right.width + by } }),
  ])
}

/** Mean weighted edge rise of both outlines and the step in brightness below them, less the prior's penalty. */
function poseScore(evidence: Evidence, pose: Pose): number {
  const of = (side: 'left' | 'right') => lungScore(evidence, placed(pose, side))
  return (of('left') + of('right')) / 2 - penalty(evidence.box, pose)
}

function lungScore(evidence: Evidence, points: readonly Point[]): number {
  let sum = 0
  let weights = 0
  PARTS.forEach((part, i) => {
    sum += WEIGHT[part] * edgeRise(evidence.contrast, points, i)
    weights += WEIGHT[part]
  })
  return sum / weights + STEP_WEIGHT * stepAtBase(evidence, points)
}

/** Brightness 4 to 14 pixels below the diaphragm less that 4 to 14 pixels above it; 0 where the film ends first. */
export function stepAtBase(
  { brightness, box }: Pick<Evidence, 'brightness' | 'box'>,
  points: readonly Point[],
): number {
  let sum = 0
  let count = 0
  points.forEach(({ x, y }, i) => {
    if (PARTS[i] !== 'base') return
    for (const distance of BASE_DISTANCES) {
      if (y + distance >= box.y + box.height) continue
      sum += sample(brightness, x, y + distance) - sample(brightness, x, y - distance)
      count++
    }
  })
  return count === 0 ? 0 : sum / count
}

function penalty(box: Box, pose: Pose): number {
  const off = ({ mean, sd }: Prior, value: number) => ((value - mean) / sd) ** 2
  const { left, right } = pose
  const sum =
    off(PRIOR.midline, (pose.midline - box.x) / box.width) +
    off(PRIOR.tilt, pose.tilt) +
    off(PRIOR.apex, (pose.apex - box.y) / box.height) +
    off(PRIOR.width, (left.width + right.width) / 2 / box.width) +
    off(PRIOR.base, ((left.base + right.base) / 2 - box.y) / box.height) +
    off(PRIOR.apart, (left.width - right.width) / box.width) +
    off(PRIOR.apart, (left.base - right.base) / box.height)
  return (PRIOR_WEIGHT * sum) / 7
}
