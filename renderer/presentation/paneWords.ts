import type { Voi } from '../../contract'
import type { MapMode, Pane } from '../stores/stage'
import type { Turn } from '../viewer'
import { asWindow } from '../viewer'
import { figure } from './words'

export const paneTitles: Record<Pane, string> = { film: 'Film', simplified: 'Simplified', bitmap: 'Bit map' }

/** What the bit map books pixel by pixel. */
export const mapWords: Record<MapMode, string> = {
  kept: 'bits kept',
  removed: 'bits removed',
  original: 'bits of the film',
}

/** "C 2048 · W 4096 · 100 %": how a picture is windowed and how large it is shown. */
export function standingText(voi: Voi | null, zoom: number): string {
  const size = `${Math.round(zoom * 100)} %`
  if (!voi) return size
  if (voi.kind === 'table') return `Table · ${size}`
  const { center, width } = asWindow(voi)
  return `C ${figure(center, 0)} · W ${figure(width, 0)} · ${size}`
}

/** "flipped, turned 90°"; empty where the film lies as it was stored. */
export function turnText({ mirrored, quarters }: Turn): string {
  const turned = quarters === 0 ? '' : `turned ${quarters * 90}°`
  return [mirrored ? 'flipped' : '', turned].filter(Boolean).join(', ')
}
