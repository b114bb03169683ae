import type { DecodedPixels } from './decodePixels'
import type { PixelFormat } from './pixelFormat'
import type { Warning } from './warnings'

/**
 * Where the film would be another one if what the file leaves open were otherwise: values with their highest bit set are negative
 * if they have a sign, and words of 16 bits may hold fewer of the pixel, with a sign or an overlay in between. A code stream
 * says its own precision; one with signed samples contradicts a header without.
 */
export function unsaidLayout({ unsaid, signed, bitsAllocated }: PixelFormat, decoded: DecodedPixels): Warning[] {
  const { syntax, streamSigned, pixels, bitsStored } = decoded
  const signOpen = unsaid.sign || (streamSigned === true && !signed)
  const signMatters = signOpen && pixels.some((value) => value >= 2 ** (bitsStored - 1))
  const bitsMatter = unsaid.bits && bitsAllocated > 8 && (syntax.coding === 'native' || syntax.coding === 'rle')
  if (!signMatters && !bitsMatter) return []
  const what = signMatters ? 'whether its pixel values have a sign' : 'how many bits of a pixel are its value'
  return [
    {
      code: 'LAYOUT_UNSAID',
      message: `The file leaves open ${what}; it is read as most films are. If the film looks torn into false greys or dotted, what the classifier says here has no meaning.`,
      mustConfirm: true,
    },
  ]
}
