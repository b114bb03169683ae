import { copySamples, type EncodedPicture, type Samples } from './samples'

/** Transfer syntax (PS3.5 A.4.2). */
export const RLE_LOSSLESS = '1.2.840.10008.1.2.5'

/**
 * Decodes grey RLE (PS3.5 annex G); `bits` is Bits Allocated. The decoder trusts the header, so it is checked here.
 */
export async function decodeRle(picture: EncodedPicture): Promise<Samples> {
  const { bytes } = picture
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 64) throw new Error('RLE header is cut off')
  const segments = view.getUint32(0, true)
  if (segments !== picture.bits / 8) throw new Error(`RLE has ${segments} segments for ${picture.bits} bits`)
  const offsets = Array.from({ length: segments }, (_, k) => view.getUint32(4 * (k + 1), true))
  offsets.forEach((from, k) => {
    const to = offsets[k + 1] ?? bytes.length
    if (from < 64 || from >= to || to > bytes.length) throw new Error('RLE segment lies outside the data')
    if (runsLength(bytes, from, to) < picture.width * picture.height) throw new Error('RLE segment breaks off')
  })
  const { default: dicomCodec } = await import('@cornerstonejs/dicom-codec')
  const { width, height, components, bits: bitsAllocated } = picture
  const image = { rows: height, columns: width, bitsAllocated, samplesPerPixel: components, signed: false }
  // A buffer of its own: the decoder reads from the start of the underlying buffer.
  const { imageFrame } = await dicomCodec.decode(bytes.slice(), { ...image, pixelRepresentation: 0 }, RLE_LOSSLESS)
  return { width, height, components, data: copySamples(imageFrame, bitsAllocated, width * height * components) }
}

/** Bytes that a segment's runs unpack to (PackBits). */
function runsLength(bytes: Uint8Array, from: number, to: number): number {
  let length = 0
  for (let at = from; at < to;) {
    const control = bytes[at] ?? 0
    if (control < 128) {
      length += Math.min(control + 1, to - at - 1)
      at += control + 2
    } else {
      if (control > 128 && at + 1 < to) length += 257 - control
      at += control === 128 ? 1 : 2
    }
  }
  return length
}
