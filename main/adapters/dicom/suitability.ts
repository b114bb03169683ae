import type { FilmIdentity } from '../../../contract'
import { isBodyPart, isModality } from '../../domain/filmTerms'
import { note, type Warning } from './warnings'

/** Modalities of single projection films; OT is what scanned and converted films carry. */
const RADIOGRAPHY = new Set(['CR', 'DX', 'DR', 'RG', 'XR', 'SC', 'OT'])

/** Storage classes that are certainly no plain radiograph, whatever Modality says (PS3.4 annex B.5). */
const OTHER_CLASSES =
  /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(2(\.[12])?|4(\.[1-4])?|3\.1|6\.[12]|7\.[1-4]|12\.[12](\.1)?|13\..+|20|30|77\..+|88\..+|128(\.1)?|130|481\..+|1\.2(\.1)?|1\.3(\.1)?)$/

/** Detector values from which a radiograph is yet to be made (PS3.3 C.8.11.1). */
const RAW_CLASS = '1.2.840.10008.5.1.4.1.1.1.1.1'
const RAW_INTENT = 'FOR PROCESSING'

/** A code of View Position, or the words of a View Code Sequence. */
const LATERAL = /^(LL|RL|LAT|LLD|RLD)$|\bLATER(AL|O)/
const CHEST = /CHEST|THORAX|LUNG|RIB/

const isProjection = ({ modality, sopClassUid }: FilmIdentity): boolean =>
  (modality === null || RADIOGRAPHY.has(modality)) && !(sopClassUid !== null && OTHER_CLASSES.test(sopClassUid))

const SLICES = new Set(['CT', 'MR', 'PT'])

/** Storage classes of CT, MR and PET slices. */
const SLICE_CLASSES = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(2(\.[12])?|4(\.[14])?|128(\.1)?|130)$/

/** A slice has one pixel size; a projection has one at the detector and another one in the patient. */
export const isSlice = ({ modality, sopClassUid }: FilmIdentity): boolean =>
  (modality !== null && SLICES.has(modality)) || (sopClassUid !== null && SLICE_CLASSES.test(sopClassUid))

/**
 * Whether this is a film that a model of frontal chest radiographs was made for; what the user has to know if not. Reports print
 * these sentences under a pseudonym too (`isCaution`): they quote terms of the standard and no other text.
 */
export function suitability(identity: FilmIdentity, presentationIntent: string | null): Warning[] {
  const { modality, bodyPart, viewPosition } = identity
  const warnings: Warning[] = []
  if (!isProjection(identity))
    warnings.push({
      code: 'WRONG_MODALITY',
      message: `The file says it is no plain radiograph (${modality !== null && isModality(modality) ? modality : 'other kind of picture'}). The classifier knows chest radiographs only; what it says here has no meaning.`,
      mustConfirm: true,
    })
  else if (modality === null)
    warnings.push(note('MODALITY_MISSING', 'The file does not say what kind of picture it is.'))
  if (identity.sopClassUid === RAW_CLASS || presentationIntent === RAW_INTENT)
    warnings.push({
      code: 'FOR_PROCESSING',
      message:
        'The file says it holds what the detector measured (for processing), not the finished film. The classifier knows finished films only; what it says here has no meaning.',
      mustConfirm: true,
    })
  if (bodyPart !== null && !CHEST.test(bodyPart))
    warnings.push(
      note(
        'BODY_PART',
        `${otherPart(bodyPart)} The classifier knows chest films only; what it says here has no meaning.`,
      ),
    )
  if (viewPosition !== null && LATERAL.test(viewPosition))
    warnings.push(
      note(
        'LATERAL_VIEW',
        'The file says this is a lateral view. The classifier knows frontal films only; what it says here has no meaning.',
      ),
    )
  return warnings
}

const otherPart = (bodyPart: string): string =>
  isBodyPart(bodyPart)
    ? `The file says it shows ${bodyPart.toLowerCase()}, not the chest.`
    : 'The file does not say that it shows the chest: it names another part of the body, or one that is not known here.'
