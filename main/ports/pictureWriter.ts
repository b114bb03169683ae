import type { BitScale } from '../../contract'
import type { ColourPicture, GreyPicture } from '../domain/greyPicture'

/** A bit map to be drawn with its colour bar. */
export interface BitMapPicture {
  /** Bits per pixel, row-major [128 · 128]. */
  readonly map: Float32Array
  /** The audit's one scale: `bitScale(originalMap)`. */
  readonly scale: BitScale
  /** What it shows, e.g. "Bits kept". */
  readonly title: string
  /** Of the map's numbers; "bits per pixel" where absent. */
  readonly unit?: string
}

/** Pictures as PNG files: `film.png`, `simplified.png`, `bitmap.png`, `detail.png`. Files appear whole or not at all. */
export interface PictureWriter {
  /** Grey, pixel for pixel. @throws SimpleBitsError WRITE_FAILED */
  writeGrey(picture: GreyPicture, path: string): Promise<void>
  /** Colour, pixel for pixel. @throws SimpleBitsError WRITE_FAILED */
  writeColour(picture: ColourPicture, path: string): Promise<void>
  /** Colours, each map pixel enlarged to a square, colour bar. @throws SimpleBitsError WRITE_FAILED */
  writeBitMap(picture: BitMapPicture, path: string): Promise<void>
  /** A grey picture as the bytes of a PNG file, e.g. for a thumbnail. */
  encodeGrey(picture: GreyPicture): Uint8Array
}
