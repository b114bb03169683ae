/** A picture ready for a screen or a page: 8-bit levels, row-major [height · width], 0 black, 255 white. */
export interface GreyPicture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** A coloured picture, three bytes (red, green, blue) a pixel, row-major [height · width · 3]. */
export interface ColourPicture {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}
