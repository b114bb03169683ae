import type { DataSet } from 'dicom-parser'
import { greyOf, type FilmHeader } from '../../../contract'
import { TAG, codeString } from './dataset'
import { note, type Warning } from './warnings'

/** Presentation LUT Shape that each photometric interpretation demands (PS3.3 C.7.6.1, C.8.11.3). */
const SHAPE = { MONOCHROME1: 'INVERSE', MONOCHROME2: 'IDENTITY' } as const

type Levels = Pick<FilmHeader, 'photometric' | 'slope' | 'intercept' | 'values' | 'minPixel' | 'maxPixel' | 'voi'>

/** Where it is open which way round the file's greys are meant, or the screen and the model get them opposite ways. */
export function polarity(dataSet: DataSet, levels: Levels): Warning[] {
  const warnings: Warning[] = []
  const shape = codeString(dataSet, TAG.PresentationLUTShape)?.toUpperCase()
  if ((shape === 'INVERSE' || shape === 'IDENTITY') && shape !== SHAPE[levels.photometric])
    warnings.push({
      code: 'POLARITY_CONTRADICTED',
      message:
        'The file contradicts itself on whether its small values are dark or bright. If this film looks like a negative, what the classifier says here has no meaning.',
      mustConfirm: true,
    })
  if (tableFalls(levels))
    warnings.push({
      code: 'POLARITY_TURNED',
      message:
        'The grey table of the file turns dark and bright round. The model sees the film without this table, as a negative of what is shown here.',
      mustConfirm: true,
    })
  else if (airIsBright(dataSet, levels))
    warnings.push(
      note(
        'POLARITY_UNUSUAL',
        'By what the file says of its X-rays, air is bright and bone dark on this film. If it looks like that, what the classifier says here has no meaning; if bone is bright, the file is wrong about it.',
      ),
    )
  return warnings
}

/** Whether the table that the film is first shown with gives its largest modality value a darker grey than its smallest. */
function tableFalls({ voi: [first], slope, intercept, minPixel, maxPixel }: Levels): boolean {
  if (first?.kind !== 'table') return false
  const [low = 0, high = 0] = [minPixel * slope + intercept, maxPixel * slope + intercept].sort((a, b) => a - b)
  return greyOf(first, high) < greyOf(first, low)
}

/**
 * Whether more X-rays hit where the film is shown bright. Pixel Intensity Relationship Sign (1: a larger stored value is more beam)
 * is no part of how a film is shown (PS3.3 C.8.11.3.1.2), and devices get it wrong in films that look right: so the film is
 * neither turned round for it nor has to be confirmed. The images that have it have no Modality LUT.
 */
function airIsBright(dataSet: DataSet, { photometric, slope, values }: Levels): boolean {
  const element = dataSet.elements[TAG.PixelIntensityRelationshipSign]
  if (element === undefined || element.length < 2 || values !== 'stored') return false
  const largeIsBright = (photometric === 'MONOCHROME2') === slope > 0
  return dataSet.int16(TAG.PixelIntensityRelationshipSign) === (largeIsBright ? 1 : -1)
}
