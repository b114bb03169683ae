import { greyOf, type Film, type Voi } from '../../contract'

/**
 * The film as it is seen: stored → modality → VOI → 8-bit grey, MONOCHROME1 inverted, padding black (DICOM PS3.3
 * C.7.6.3.1.2, C.7.5.1.1.2, C.11.2).
 *
 * @returns levels row-major [height · width], 0 black
 */
export function toGrey({ header, pixels }: Film, voi: Voi): Uint8Array {
  const inverted = header.photometric === 'MONOCHROME1'
  const [padLow, padHigh] = header.padding ?? [1, 0]
  // One level a stored value instead of one a pixel: a film has up to 9 million pixels but at most 65,536 values.
  const levels = new Uint8Array(header.maxPixel - header.minPixel + 1)
  for (let at = 0; at < levels.length; at++) {
    const shown = greyOf(voi, (at + header.minPixel) * header.slope + header.intercept)
    levels[at] = Math.round(255 * (inverted ? 1 - shown : shown))
  }
  const grey = new Uint8Array(pixels.length)
  for (let i = 0; i < pixels.length; i++) {
    const stored = pixels[i] ?? 0
    if (stored < padLow || stored > padHigh) grey[i] = levels[stored - header.minPixel] ?? 0
  }
  return grey
}
