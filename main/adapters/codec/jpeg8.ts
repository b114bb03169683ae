import type { Turbo } from '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs'
import { lazily } from './lazily'
import { copySamples, type EncodedPicture, type Samples } from './samples'

const withTurbo = lazily(async () => (await import('@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs')).default())

/** Decodes 8-bit JPEG, baseline or progressive; colour comes as RGB. */
export function decodeJpeg8(picture: Pick<EncodedPicture, 'bytes'>): Promise<Samples> {
  return withTurbo((turbo) => decode(turbo, picture.bytes))
}

/** Grey 8-bit levels [width · height] through JPEG at a quality from 1 to 100 and back. */
interface JpegRoundTrip {
  readonly pixels: Uint8Array
  /** Length of the JPEG file. */
  readonly bytes: number
}

/** The round trip with the codec already loaded, for code that cannot wait in between. */
export function loadJpegRoundTrip(): Promise<
  (pixels: Uint8Array, size: { width: number; height: number }, quality: number) => JpegRoundTrip
> {
  return withTurbo((turbo) => (pixels, size, quality) => roundTrip(turbo, pixels, { ...size, quality }))
}

function roundTrip(
  turbo: Turbo,
  pixels: Uint8Array,
  settings: { width: number; height: number; quality: number },
): JpegRoundTrip {
  const encoded = encode(turbo, pixels, settings)
  return { pixels: Uint8Array.from(decode(turbo, encoded).data), bytes: encoded.length }
}

function decode({ JPEGDecoder }: Turbo, bytes: Uint8Array): Samples {
  const decoder = new JPEGDecoder()
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes)
    decoder.decode()
    const { width, height, componentCount } = decoder.getFrameInfo()
    const data = copySamples(decoder.getDecodedBuffer(), 8, width * height * componentCount)
    return { width, height, components: componentCount, data }
  } finally {
    decoder.delete()
  }
}

interface Picture {
  readonly width: number
  readonly height: number
  readonly quality: number
}

function encode({ JPEGEncoder }: Turbo, pixels: Uint8Array, { width, height, quality }: Picture): Uint8Array {
  const encoder = new JPEGEncoder()
  try {
    const frame = { width, height, bitsPerSample: 8, componentCount: 1, isUsingColorTransform: false, isSigned: false }
    encoder.getDecodedBuffer(frame).set(pixels)
    encoder.setProgressive(false)
    encoder.setQuality(quality)
    encoder.encode()
    // A copy of its own type: the codec gives a clamped view of its memory.
    return new Uint8Array(encoder.getEncodedBuffer())
  } finally {
    encoder.delete()
  }
}
