import type { Point } from './polygon'

/** Which part of a lung's edge a vertex belongs to. */
export type EdgePart = 'apex' | 'lateral' | 'base' | 'medial'

interface ShapePoint {
  /** 0 on the midline, 1 on the lateral wall. */
  readonly u: number
  /** 0 at the apex, 1 at the costophrenic corner. */
  readonly v: number
  readonly part: EdgePart
}

const point = (u: number, v: number, part: EdgePart): ShapePoint => ({ u, v, part })

/**
 * Mean shape of a lung field on a frontal film in its own frame, drawn by hand after textbook anatomy: a prior, not a
 * measurement. The order is that of the edge from the apex over the lateral wall, costophrenic corner, diaphragm and mediastinum.
 */
const RIGHT_LUNG: readonly ShapePoint[] = [
  point(0.36, 0, 'apex'),
  point(0.5, 0.01, 'apex'),
  point(0.64, 0.07, 'apex'),
  point(0.76, 0.16, 'lateral'),
  point(0.84, 0.26, 'lateral'),
  point(0.9, 0.37, 'lateral'),
  point(0.95, 0.49, 'lateral'),
  point(0.98, 0.61, 'lateral'),
  point(1, 0.73, 'lateral'),
  point(1, 0.85, 'lateral'),
  point(0.98, 0.95, 'lateral'),
  point(0.95, 1, 'base'),
  point(0.88, 0.94, 'base'),
  point(0.76, 0.87, 'base'),
  point(0.62, 0.84, 'base'),
  point(0.48, 0.84, 'base'),
  point(0.34, 0.87, 'base'),
  point(0.27, 0.8, 'medial'),
  point(0.25, 0.7, 'medial'),
  point(0.22, 0.6, 'medial'),
  point(0.19, 0.5, 'medial'),
  point(0.17, 0.38, 'medial'),
  point(0.16, 0.26, 'medial'),
  point(0.17, 0.14, 'medial'),
  point(0.24, 0.04, 'apex'),
]

/** As above; the heart takes its lower medial part. */
const LEFT_LUNG: readonly ShapePoint[] = [
  ...RIGHT_LUNG.slice(0, 12),
  point(0.89, 0.95, 'base'),
  point(0.81, 0.91, 'base'),
  point(0.73, 0.9, 'base'),
  point(0.65, 0.9, 'base'),
  point(0.58, 0.91, 'base'),
  point(0.55, 0.82, 'medial'),
  point(0.5, 0.72, 'medial'),
  point(0.42, 0.62, 'medial'),
  point(0.33, 0.52, 'medial'),
  point(0.25, 0.4, 'medial'),
  point(0.2, 0.27, 'medial'),
  point(0.18, 0.14, 'medial'),
  point(0.24, 0.04, 'apex'),
]

export const PARTS: readonly EdgePart[] = RIGHT_LUNG.map(({ part }) => part)

/** Where a pair of lungs lies, in model pixels; the tilt alone is a ratio. */
export interface Pose {
  readonly midline: number
  /** Sideways drift of the midline a row: a tilted or scoliotic chest. */
  readonly tilt: number
  readonly apex: number
  readonly left: { readonly width: number; readonly base: number }
  readonly right: { readonly width: number; readonly base: number }
}

/** The mean shape in a pose, as points of the picture: clockwise on the screen on the picture's right, anticlockwise on its left. */
export function placed(pose: Pose, side: 'left' | 'right'): Point[] {
  // Picture left is the patient's right in the usual orientation: there the shape is that of a right lung.
  const shape = side === 'left' ? RIGHT_LUNG : LEFT_LUNG
  const { width, base } = pose[side]
  const sign = side === 'left' ? -1 : 1
  const middle = (pose.apex + base) / 2
  return shape.map(({ u, v }) => {
    const y = pose.apex + v * (base - pose.apex)
    return { x: pose.midline + pose.tilt * (y - middle) + sign * u * width, y }
  })
}
