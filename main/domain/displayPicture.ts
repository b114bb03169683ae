import { greyOf, type Film, type ModelInputRecord, type Voi } from '../../contract'
import type { GreyPicture } from './greyPicture'

/**
 * The film as a reader sees it at first: the file's first VOI preset, else the window that the model uses; low values of
 * MONOCHROME1 bright; padding black (DICOM PS3.3 C.7.6.3.1.2, C.11.2).
 *
 * @returns levels at the film's full resolution
 */
export function displayPicture({ header, pixels }: Film, model: ModelInputRecord): GreyPicture {
  const voi = header.voi[0] ?? modelWindow(model)
  const flip = header.photometric === 'MONOCHROME1'
  const [padLow, padHigh] = header.padding ?? [1, 0]
  // One entry for each stored value that occurs: at most 65,536, whatever the film's size.
  const levels = new Map<number, number>()
  const levelOf = (stored: number): number => {
    if (stored >= padLow && stored <= padHigh) return 0
    const grey = greyOf(voi, stored * header.slope + header.intercept)
    return Math.round(255 * (flip ? 1 - grey : grey))
  }
  const shown = new Uint8Array(pixels.length)
  for (let i = 0; i < pixels.length; i++) {
    const stored = pixels[i] ?? 0
    let level = levels.get(stored)
    if (level === undefined) levels.set(stored, (level = levelOf(stored)))
    shown[i] = level
  }
  return { width: header.width, height: header.height, pixels: shown }
}

/** The model's window in modality values; it was measured after the inversion of MONOCHROME1. */
function modelWindow({ low, high, inverted }: ModelInputRecord): Voi {
  const center = ((low + high) / 2) * (inverted ? -1 : 1)
  return { kind: 'window', center, width: high - low, function: 'LINEAR_EXACT', explanation: null }
}
