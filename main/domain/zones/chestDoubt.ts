import type { ZoneName, Zones } from '../../../contract'
import { zoneIndex } from './labelMap'
import type { ZonePicture } from './picture'
import { signedArea } from './polygon'

/** Clearness of the lungs' edges, mean of both plus the clearer one: 98 % of chest films reach it (docs/results/zones.md). */
const CLEAR_ENOUGH = 1.25
/** Both lungs together, as a share of the film. */
const LEAST_AREA = 0.088

const LUNGS: readonly ZoneName[] = [
  'lung-picture-left',
  'lung-picture-right',
  'costophrenic-picture-left',
  'costophrenic-picture-right',
]

const WITHOUT_MEANING = 'what the classifier says of it has no meaning.'
const UNLIKE = `Two lungs as on an upright frontal chest film were not found here. If this is another part of the body, a lateral view, or a film that is turned or inverted, ${WITHOUT_MEANING}`
const INVERTED = `The lungs are brighter here than what lies between them. If this film is inverted, or no chest film, ${WITHOUT_MEANING}`

/** All that `chestDoubt` may say; and what it said in earlier versions, by which their records are recognised. */
export const CHEST_DOUBTS: readonly string[] = [
  ...[UNLIKE, INVERTED],
  ...[UNLIKE, INVERTED].map((doubt) => doubt.replace('the classifier', 'the model')),
]

/**
 * What speaks against an upright frontal chest film: the mean shape of two lungs lies on no clear edges, on too small a part of
 * the picture, or on bright ground. Some bedside films are doubted too; outlines placed by a reader never.
 *
 * @param labels from `labelMap` of these zones
 * @returns a sentence for the reader; null where nothing speaks against it
 */
export function chestDoubt({ pixels, box }: ZonePicture, zones: Zones, labels: Uint8Array): string | null {
  if (zones.source === 'corrected') return null
  const confidences = [zones.pictureLeft.confidence, zones.pictureRight.confidence]
  const clearness = confidences.reduce((sum, one) => sum + one / 2, Math.max(...confidences))
  const area = [zones.pictureLeft, zones.pictureRight].reduce(
    (sum, { points }) => sum + Math.abs(signedArea(points)),
    0,
  )
  const lungs = brightnessOf(pixels, labels, LUNGS)
  const between = brightnessOf(pixels, labels, ['mediastinum'])
  if (clearness < CLEAR_ENOUGH || area < LEAST_AREA * box.width * box.height) return UNLIKE
  return between !== null && lungs !== null && lungs > between ? INVERTED : null
}

/** Mean level of these zones; null where they have no pixel. */
function brightnessOf(pixels: Uint8Array, labels: Uint8Array, names: readonly ZoneName[]): number | null {
  const wanted = new Set(names.map(zoneIndex))
  const levels = pixels.filter((_, i) => wanted.has(labels[i] ?? -1))
  return levels.length === 0 ? null : levels.reduce((sum, level) => sum + level, 0) / levels.length
}
