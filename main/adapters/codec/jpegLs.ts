import { lazily } from './lazily'
import { copySamples, type EncodedPicture, type Samples } from './samples'

const withCharls = lazily(async () => (await import('@cornerstonejs/codec-charls/wasmjs')).default())

/** Decodes JPEG-LS, lossless or near-lossless (ITU-T T.87). */
export function decodeJpegLs(picture: EncodedPicture): Promise<Samples> {
  return withCharls(({ JpegLSDecoder }) => {
    const decoder = new JpegLSDecoder()
    try {
      decoder.getEncodedBuffer(picture.bytes.length).set(picture.bytes)
      decoder.decode()
      const { width, height, componentCount, bitsPerSample } = decoder.getFrameInfo()
      const data = copySamples(decoder.getDecodedBuffer(), bitsPerSample, width * height * componentCount)
      return { width, height, components: componentCount, data }
    } finally {
      decoder.delete()
    }
  })
}

/** Encodes one grey 8-bit picture as lossless JPEG-LS. */
export function encodeJpegLs(pixels: Uint8Array, size: { width: number; height: number }): Promise<Uint8Array> {
  return withCharls(({ JpegLSEncoder }) => {
    const encoder = new JpegLSEncoder()
    try {
      encoder.getDecodedBuffer({ ...size, bitsPerSample: 8, componentCount: 1 }).set(pixels)
      encoder.setNearLossless(0)
      encoder.encode()
      // A copy of its own type: the codec gives a clamped view of its memory.
      return new Uint8Array(encoder.getEncodedBuffer())
    } finally {
      encoder.delete()
    }
  })
}
