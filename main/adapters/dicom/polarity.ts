import type { DataSet } from 'dicom-parser'
import { greyOf, type FilmHeader } from '../../../contract'
import { TAG, codeString } from './dataset'
import type { Warning } from './warnings'

/** Presentation LUT Shape that each photometric interpretation demands (PS3.3 C.7.6.1, C.8.11.3). */
const SHAPE = { MONOCHROME1: 'INVERSE', MONOCHROME2: 'IDENTITY' } as const

type Levels = Pick<FilmHeader, 'photometric' | 'slope' | 'intercept' | 'minPixel' | 'maxPixel' | 'voi'>

/** Where it is open which way round the file's greys are meant, or the screen and the model get them opposite ways. */
export function polarity(dataSet: DataSet, levels: Levels): Warning[] {
  const warnings: Warning[] = []
  const shape = codeString(dataSet, TAG.PresentationLUTShape)?.toUpperCase()
  if ((shape === 'INVERSE' || shape === 'IDENTITY') && shape !== SHAPE[levels.photometric])
    warnings.push({
      code: 'POLARITY_CONTRADICTED',
      message:
        'The file contradicts itself on whether its small values are dark or bright. If this film looks like a negative, what the model says here has no meaning.',
      mustConfirm: true,
    })
  if (tableFalls(levels))
    warnings.push({
      code: 'POLARITY_TURNED',
      message:
        'The grey table of the file turns dark and bright round. The model sees the film without this table, as a negative of what is shown here.',
      mustConfirm: true,
    })
  return warnings
}

/** Whether the table that the film is first shown with gives its largest modality value a darker grey than its smallest. */
function tableFalls({ voi: [first], slope, intercept, minPixel, maxPixel }: Levels): boolean {
  if (first?.kind !== 'table') return false
  const [low = 0, high = 0] = [minPixel * slope + intercept, maxPixel * slope + intercept].sort((a, b) => a - b)
  return greyOf(first, high) < greyOf(first, low)
}
