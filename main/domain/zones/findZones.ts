import type { LungOutline, Zones } from '../../../contract'
import { judge } from './judge'
import { fitPose } from './fitPose'
import { placed, type Pose } from './lungShape'
import { brightness, localContrast, type ZonePicture } from './picture'
import type { Point } from './polygon'
import { refineOutline } from './refineOutline'
import { assessLung } from './assess'

/** A base so much higher than the other one, as a share of the film's height, is not taken for the diaphragm. */
const BASES_APART = 0.1
/** Below it a base does not show. */
const BASE_SEEN = 0.2

/**
 * Lung fields on a frontal chest film: local contrast, a mean-shape pair placed by search over its pose, each vertex then
 * moved to the edge it lies nearest to. Classical, deterministic, without trained weights; about a tenth of a second.
 * Where one base does not show (fluid, a raised diaphragm), it is taken over from the other side, and the reasons say so.
 */
export function findZones(picture: ZonePicture): Zones {
  const contrast = localContrast(picture.pixels)
  const evidence = { contrast, brightness: brightness(picture), box: picture.box }
  const pose = fitPose(evidence)
  const seen = { left: assessLung(evidence, pose, 'left'), right: assessLung(evidence, pose, 'right') }
  const taken = sideToExtrapolate(pose, seen, picture.box.height)
  const mended = taken === null ? pose : withBaseOfOther(pose, taken)
  const outline = (side: 'left' | 'right'): LungOutline => {
    const points = placed(mended, side)
    const moved = refineOutline(contrast, points)
    return {
      points: (taken === side ? keepBase(points, moved) : moved).map(rounded),
      confidence: seen[side].confidence,
      baseExtrapolated: taken === side,
    }
  }
  const found = { pictureLeft: outline('left'), pictureRight: outline('right') }
  const reasons = judge(found, { picture, seen })
  return { version: 'zones/1', source: 'automatic', ...found, sure: reasons.length === 0, reasons }
}

type Seen = Readonly<Record<'left' | 'right', ReturnType<typeof assessLung>>>

function sideToExtrapolate(pose: Pose, seen: Seen, height: number): 'left' | 'right' | null {
  const apart = (pose.left.base - pose.right.base) / height
  if (Math.abs(apart) > BASES_APART) return apart < 0 ? 'left' : 'right'
  if (seen.left.base < BASE_SEEN && seen.right.base >= 2 * BASE_SEEN) return 'left'
  if (seen.right.base < BASE_SEEN && seen.left.base >= 2 * BASE_SEEN) return 'right'
  return null
}

function withBaseOfOther(pose: Pose, side: 'left' | 'right'): Pose {
  const other = side === 'left' ? 'right' : 'left'
  return { ...pose, [side]: { ...pose[side], base: pose[other].base } }
}

/** The extrapolated base stays where it was put; the rest of the edge goes to what the picture shows. */
function keepBase(placedPoints: readonly Point[], moved: readonly Point[]): Point[] {
  const ys = placedPoints.map(({ y }) => y)
  const lower = Math.min(...ys) + 0.72 * (Math.max(...ys) - Math.min(...ys))
  return moved.map((point, i) => {
    const start = placedPoints[i] ?? point
    return start.y > lower ? start : point
  })
}

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x * 100) / 100, y: Math.round(y * 100) / 100 })
