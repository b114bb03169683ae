import type { Voi } from '../film'

/** Grey level 0 … 1 of a modality value under one VOI transform (DICOM PS3.3 C.11.2.1.2, C.11.2.1.3, C.11.2.1.1). */
export function greyOf(voi: Voi, value: number): number {
  if (voi.kind === 'table') {
    const index = Math.min(voi.table.length - 1, Math.max(0, Math.round(value) - voi.firstValue))
    return clamp01((voi.table[index] ?? 0) / (2 ** voi.bits - 1))
  }
  const { center, width } = voi
  if (voi.function === 'SIGMOID') return 1 / (1 + Math.exp((-4 * (value - center)) / width))
  if (voi.function === 'LINEAR_EXACT') return clamp01((value - center) / width + 0.5)
  // C.11.2.1.2.1: the LINEAR window is half a value to the left and one value narrower.
  if (value <= center - 0.5 - (width - 1) / 2) return 0
  if (value > center - 0.5 + (width - 1) / 2) return 1
  return clamp01((value - (center - 0.5)) / (width - 1) + 0.5)
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value))
}
