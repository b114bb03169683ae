import { encode } from 'fast-png'
import { RESEARCH_USE_ONLY } from '../../../contract'
import type { ColourPicture, GreyPicture } from '../../domain/greyPicture'

/** In the text of a PNG file, which is Latin-1 and has no dash. */
export const DISCLAIMER = { Disclaimer: RESEARCH_USE_ONLY.replace('–', '-') }
type Texts = Readonly<Record<string, string>>

/** @param text what else the file says, by PNG's keywords */
export function encodeGrey({ width, height, pixels }: GreyPicture, text: Texts = {}): Uint8Array {
  return encode({ width, height, data: pixels, channels: 1, depth: 8, text })
}

export function encodeColour({ width, height, rgb }: ColourPicture, text: Texts = {}): Uint8Array {
  return encode({ width, height, data: rgb, channels: 3, depth: 8, text })
}

export function dataUrl(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`
}
