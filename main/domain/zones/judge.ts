import { SIDE_WORDS, type LungOutline } from '../../../contract'
import type { LungAssessment } from './assess'
import type { ZonePicture } from './picture'
import { signedArea } from './polygon'

/** Below it the edge of a lung is not seen well enough. */
const CLEAR_ENOUGH = 0.5
/** A base that rises less is hard to tell from a breast's shadow or from fluid. */
const BASE_CLEAR = { rise: 0.35, step: 0.12 }
/** Both lungs together, as a share of the film. */
const AREA = { least: 0.09, most: 0.5 }
/** Smaller lung over larger one. */
const EVEN = 0.55
/** Pixels from the film's edge. */
const TOUCHES = 1.5

/** What speaks against two outlines, a sentence each; nothing where they can be relied on. */
export function judge(
  found: { readonly pictureLeft: LungOutline; readonly pictureRight: LungOutline },
  by: { readonly picture: ZonePicture; readonly seen: Readonly<Record<'left' | 'right', LungAssessment>> },
): string[] {
  const { box } = by.picture
  const areas = [found.pictureLeft, found.pictureRight].map(({ points }) => Math.abs(signedArea(points)))
  const [left = 0, right = 0] = areas
  const share = (left + right) / (box.width * box.height)
  const reasons: string[] = []
  for (const side of ['left', 'right'] as const) {
    const outline = side === 'left' ? found.pictureLeft : found.pictureRight
    const where = SIDE_WORDS[side]
    if (outline.confidence < CLEAR_ENOUGH) reasons.push(`The edge of the lung on the ${where} shows only in part.`)
    if (outline.baseExtrapolated)
      reasons.push(
        `The base of the lung on the ${where} does not show, or stands much higher than the other: it was taken over from the other side.`,
      )
    else if (by.seen[side].base < BASE_CLEAR.rise || by.seen[side].step < BASE_CLEAR.step)
      reasons.push(`The base of the lung on the ${where} is hard to see and may lie higher or lower.`)
    if (touchesEdge(outline, box)) reasons.push(`The lung on the ${where} reaches the edge of the film.`)
  }
  if (share < AREA.least || share > AREA.most)
    reasons.push(`The lungs would take ${Math.round(100 * share)} % of the film, which is unusual for a chest film.`)
  if (Math.min(left, right) / Math.max(left, right, 1) < EVEN) reasons.push('The two lungs differ much in size.')
  return reasons
}

function touchesEdge({ points }: LungOutline, box: ZonePicture['box']): boolean {
  return points.some(
    ({ x, y }) =>
      x < box.x + TOUCHES || y < box.y + TOUCHES || x > box.x + box.width - TOUCHES || y > box.y + box.height - TOUCHES,
  )
}
