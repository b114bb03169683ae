import { lazily } from './lazily'
import { copySamples, type EncodedPicture, type Samples } from './samples'

/**
 * JPEG 2000, 12-bit and lossless JPEG. `@cornerstonejs/dicom-codec` has no decoder for 12 bits, loses the last pixel of
 * some lossless pictures, and needs more than three seconds for a JPEG 2000 chest film; this build of OpenJPEG and
 * libjpeg-turbo 3 takes under one.
 */
const withNative = lazily(async () => {
  const { default: codecs } = await import('dcmjs-codecs')
  codecs.NativeCodecs.release()
  await codecs.NativeCodecs.initializeAsync()
  return codecs
})

/** Decodes grey JPEG 2000 (ITU-T T.800). */
export const decodeJpeg2000 = (picture: EncodedPicture): Promise<Samples> => decode('decodeJpeg2000', picture)

/** Decodes grey JPEG with 12-bit samples, sequential or progressive (ITU-T T.81). */
export const decodeJpeg12 = (picture: EncodedPicture): Promise<Samples> => decode('decodeJpeg', picture)

/** Decodes grey lossless JPEG of up to 16 bits, any predictor (ITU-T T.81 annex H). */
export const decodeJpegLossless = (picture: EncodedPicture): Promise<Samples> => decode('decodeJpeg', picture)

function decode(method: 'decodeJpeg2000' | 'decodeJpeg', picture: EncodedPicture): Promise<Samples> {
  return withNative(({ Context, NativeCodecs }) => {
    const { width, height, bits, components, bytes } = picture
    const context = new Context({
      width,
      height,
      bitsAllocated: bits > 8 ? 16 : 8,
      bitsStored: bits,
      samplesPerPixel: components,
      pixelRepresentation: 0,
      photometricInterpretation: 'MONOCHROME2',
      encodedBuffer: bytes,
    })
    const decoded = NativeCodecs[method](context).getDecodedBuffer()
    if (decoded === undefined) throw new Error('decoder gave no picture')
    return { width, height, components, data: copySamples(decoded, bits, width * height * components) }
  })
}
