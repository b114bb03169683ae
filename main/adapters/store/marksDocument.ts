import { z } from 'zod'
import { keyImage, keptMarks, type CaseMarks } from '../../../contract'

const picture = z.base64().transform((text): Uint8Array => new Uint8Array(Buffer.from(text, 'base64')))

/** A reader's marks as a JSON document, version 1: pictures in base64. */
export const marksDocument = z
  .strictObject({
    schema: z.literal('simplebits.marks/1'),
    measurements: keptMarks.shape.measurements,
    keyImages: z.array(z.strictObject({ ...keyImage.shape, picture })),
  })
  .transform(({ measurements, keyImages }) => ({ measurements, keyImages }))
  .pipe(keptMarks)

export function toMarksDocument({ measurements, keyImages }: CaseMarks): z.input<typeof marksDocument> {
  const images = keyImages.map((image) => ({ ...image, picture: Buffer.from(image.picture).toString('base64') }))
  return { schema: 'simplebits.marks/1', measurements, keyImages: images }
}
