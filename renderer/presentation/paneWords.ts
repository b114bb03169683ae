import type { Voi } from '../../contract'
import type { MapMode, Pane } from './panes'
import type { Turn } from '../viewer'
import { asWindow } from '../viewer'
import { DETAIL_LEFT, detailText } from './detailWords'
import { percent } from './words'

const paneTitles: Record<Pane, string> = { film: 'Film', simplified: 'Simplified', bitmap: 'Bit map' }

export const isAuditPane = (pane: string): pane is Pane => pane in paneTitles

/** What a viewport is called while its map shows this. */
export const paneTitle = (pane: Pane, mode: MapMode): string =>
  pane === 'bitmap' && mode === 'detail' ? DETAIL_LEFT : paneTitles[pane]

/** What a simplified picture is, in the head of its viewport; `brief` where there is little room. An audit of one part says so. */
export function bitsDetail(share: number, ofOnePart: boolean): { text: string; brief: string } {
  const [text, brief] = [`${percent(share)} of the bits`, percent(share)]
  return ofOnePart ? { text: `${text}, audit of one part`, brief: `${brief}, part` } : { text, brief }
}

/** The same where there is little room, in its head. */
export const paneHead = (pane: Pane, mode: MapMode): string =>
  pane === 'bitmap' && mode === 'detail' ? 'Detail' : paneTitles[pane]

/** Whether colours can be fitted to a map of this kind, which else compare with those of other maps. */
export const isFittable = (mode: MapMode): boolean => mode === 'detail' || mode === 'kept'

/** What the map tells pixel by pixel. */
export const mapWords: Record<MapMode, string> = {
  detail: 'detail left',
  kept: 'bits kept',
  removed: 'bits removed',
  original: 'bits of the film',
}

/** What the map shows, as its title explains it. */
export const mapMeaning: Record<MapMode, string> = {
  detail: detailText,
  kept: 'Bits that the simplified picture still costs under the flow, a model of radiographs, pixel by pixel. A smooth picture costs much the same everywhere, so its map looks even. "Detail" then tells you more: how much of the film’s detail is left, place by place.',
  removed:
    'Bits of the film minus bits of the simplified picture, pixel by pixel. Amber was taken away; blue costs more in the simplified picture.',
  original:
    'Bits that the film itself costs under the flow, a model of radiographs, pixel by pixel: the less expected, the more bits.',
}

/**
 * "C 2048 · W 4096 · fit × 1.0": how a picture is windowed and how large it is shown.
 *
 * @param zoom 1: the whole film fits its viewport, whose size in pixels of the film depends on the screen
 */
export function standingText(voi: Voi | null, zoom: number): string {
  // Kept together where the line is broken.
  const size = `fit\u00a0×\u00a0${zoom.toFixed(1)}`
  if (!voi) return size
  if (voi.kind === 'table') return `Table · ${size}`
  const { center, width } = asWindow(voi)
  const written = (value: number) => windowFigure(value, width)
  return `C ${written(center)} · W ${written(width)} · ${size}`
}

/** Digits after the point only where the window is so narrow that whole numbers would not tell its ends apart. */
const NARROW = 10
const MOST_DIGITS = 6
function windowFigure(value: number, width: number): string {
  if (width >= NARROW) return value.toFixed(0)
  const digits = width > 0 ? Math.min(MOST_DIGITS, 2 - Math.floor(Math.log10(width))) : MOST_DIGITS
  // No exponent, which a film of one even grey would have, and no zeros at the end.
  return value.toFixed(digits).replace(/\.?0+$/, '')
}

/** "flipped, turned 90°"; empty where the film lies as it was stored. */
export function turnText({ mirrored, quarters }: Turn): string {
  const turned = quarters === 0 ? '' : `turned ${quarters * 90}°`
  return [mirrored ? 'flipped' : '', turned].filter(Boolean).join(', ')
}
