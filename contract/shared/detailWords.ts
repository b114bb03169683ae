import type { FilmHeader, ModelInputRecord, PixelSpacing } from '../film'
import { millimetreUnit } from './millimetreUnit'

/** One scale of a film's detail as window and report name it, and what share of it is left, 0 … 1. */
export interface DetailRow {
  /** How wide its structures are: "under 5", "5–9", "over 74"; the unit is `detailUnit`'s. */
  readonly width: string
  readonly share: number
}

/** What says how wide a model pixel is on the film. */
export interface DetailRuler {
  readonly header: Pick<FilmHeader, 'width' | 'spacing'>
  readonly modelInput: Pick<ModelInputRecord, 'box'>
}

/** Full width at half maximum of a Gaussian of σ 1: a blur of σ takes away what is narrower than so many σ. */
const WIDTH_PER_SIGMA = 2 * Math.sqrt(2 * Math.log(2))

/**
 * Shares of detail left, in words, from the finest scale on.
 *
 * @param shares one a scale (`PathPoint.detail`)
 * @param sigmas in model pixels, between one scale and the next (`AuditRecord.detailSigmas`)
 */
export function detailRows(
  { shares, sigmas }: { readonly shares: readonly number[]; readonly sigmas: readonly number[] },
  ruler: DetailRuler,
): DetailRow[] {
  const scale = WIDTH_PER_SIGMA * modelPixelWidth(ruler)
  const edges = sigmas.map((sigma) => (sigma * scale < 1 ? (sigma * scale).toFixed(1) : (sigma * scale).toFixed(0)))
  return shares.map((share, i) => ({ share, width: widthBetween(edges[i - 1], edges[i]) }))
}

/** The unit of `DetailRow.width`. */
export function detailUnit(spacing: PixelSpacing | null): string {
  return spacing ? millimetreUnit(spacing) : 'pixels of the model’s picture'
}

function widthBetween(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return to === undefined ? 'all' : `under ${to}`
  return to === undefined ? `over ${from}` : `${from}–${to}`
}

/** In millimetres where the film's pixels have a valid size, else 1. */
function modelPixelWidth({ header: { width, spacing }, modelInput: { box } }: DetailRuler): number {
  return spacing ? (width * spacing.columnMm) / box.width : 1
}
