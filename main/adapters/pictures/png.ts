import { encode } from 'fast-png'
import type { ColourPicture, GreyPicture } from '../../domain/greyPicture'

export function encodeGrey({ width, height, pixels }: GreyPicture): Uint8Array {
  return encode({ width, height, data: pixels, channels: 1, depth: 8 })
}

export function encodeColour({ width, height, rgb }: ColourPicture): Uint8Array {
  return encode({ width, height, data: rgb, channels: 3, depth: 8 })
}

export function dataUrl(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`
}
