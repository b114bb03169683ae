import type { DataSet } from 'dicom-parser'
import { TAG } from './dataset'
import type { PixelFormat } from './pixelFormat'

/** Stored values that are padding, both ends inclusive (PS3.3 C.7.5.1.1.2); the limit may lie on either side. */
export function paddingRange(dataSet: DataSet, { signed }: PixelFormat): [number, number] | null {
  const value = read(dataSet, TAG.PixelPaddingValue, signed)
  if (value === null) return null
  const limit = read(dataSet, TAG.PixelPaddingRangeLimit, signed) ?? value
  return [Math.min(value, limit), Math.max(value, limit)]
}

function read(dataSet: DataSet, tag: 'x00280120' | 'x00280121', signed: boolean): number | null {
  if ((dataSet.elements[tag]?.length ?? 0) < 2) return null
  return (signed ? dataSet.int16(tag) : dataSet.uint16(tag)) ?? null
}
