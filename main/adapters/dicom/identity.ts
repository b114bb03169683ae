import type { DataSet } from 'dicom-parser'
import type { FilmIdentity } from '../../../contract'
import { isView, isViewTerm } from '../../domain/filmTerms'
import { TAG, codeString, sequenceItems, type Tag } from './dataset'
import { personName, uid, type TextReader } from './text'

/** Who and what, as far as the file says it in a valid way; nothing is inferred. */
export function filmIdentity(dataSet: DataSet, text: TextReader): FilmIdentity {
  return {
    sopInstanceUid: uid(dataSet, TAG.SOPInstanceUID),
    sopClassUid: uid(dataSet, TAG.SOPClassUID),
    studyUid: uid(dataSet, TAG.StudyInstanceUID),
    seriesUid: uid(dataSet, TAG.SeriesInstanceUID),
    patientName: personName(text(dataSet, TAG.PatientName)),
    patientId: text(dataSet, TAG.PatientID),
    patientIdIssuer: text(dataSet, TAG.IssuerOfPatientID),
    patientSex: sex(codeString(dataSet, TAG.PatientSex)),
    patientAge: age(codeString(dataSet, TAG.PatientAge)),
    studyDate: date(codeString(dataSet, TAG.StudyDate)),
    modality: code(dataSet, TAG.Modality),
    viewPosition:
      view(viewWords(dataSet, TAG.ViewPosition)) ??
      viewTerm(viewWords(dataSet, TAG.PatientPosition)) ??
      view(meaning(dataSet, TAG.ViewCodeSequence, text)),
    bodyPart: code(dataSet, TAG.BodyPartExamined) ?? meaning(dataSet, TAG.AnatomicRegionSequence, text),
    laterality: laterality(side(dataSet, TAG.ImageLaterality), side(dataSet, TAG.Laterality)),
    manufacturer: text(dataSet, TAG.Manufacturer),
    description: text(dataSet, TAG.SeriesDescription) ?? text(dataSet, TAG.StudyDescription),
  }
}

/** Defined terms have at most 16 capital letters, digits, underscores and spaces (PS3.5 6.2, CS). */
function code(dataSet: DataSet, tag: Tag): string | null {
  const term = codeString(dataSet, tag)?.toUpperCase() ?? null
  return term !== null && /^[A-Z0-9_ ]{1,16}$/.test(term) ? term : null
}

const SIDES: Readonly<Record<string, string>> = { R: 'R', L: 'L', B: 'B', U: 'U', RIGHT: 'R', LEFT: 'L', BOTH: 'B' }

/** A term of PS3.3 C.8.11.2, or its word; any other text may name the patient. */
function side(dataSet: DataSet, tag: Tag): string | null {
  const term = code(dataSet, tag)
  return term !== null && Object.hasOwn(SIDES, term) ? (SIDES[term] ?? null) : null
}

/** Of the picture and of its series; null where they differ. */
const laterality = (ofImage: string | null, ofSeries: string | null): string | null =>
  ofImage !== null && ofSeries !== null && ofImage !== ofSeries ? null : (ofImage ?? ofSeries)

/** What stands in the place of a view, of whatever signs and length; underscores count as spaces. */
const viewWords = (dataSet: DataSet, tag: Tag): string | null =>
  codeString(dataSet, tag)?.toUpperCase().replaceAll('_', ' ') ?? null

/** What a sequence's first code means, in capitals like the codes of other files. */
function meaning(dataSet: DataSet, tag: Tag, text: TextReader): string | null {
  const [item] = sequenceItems(dataSet, tag) ?? []
  return item ? (text(item, TAG.CodeMeaning)?.slice(0, 64).toUpperCase() ?? null) : null
}

/** A term as it is. Some files give it under Patient Position. */
const viewTerm = (words: string | null): string | null => (words !== null && isViewTerm(words) ? words : null)

/**
 * "POSTERO-ANTERIOR" → "PA", so that one view has one name. Words of no standard may name the patient: they are left out, but for what
 * they say of the view.
 */
function view(words: string | null): string | null {
  if (words === null) return null
  if (/^POSTERO-?ANTERIOR$/.test(words)) return 'PA'
  if (/^ANTERO-?POSTERIOR$/.test(words)) return 'AP'
  if (isView(words)) return words
  return /(?<!BI)LATER(AL|O)/.test(words) ? 'LATERAL' : null
}

const sex = (text: string | null): string | null => (text !== null && /^[MFO]$/.test(text) ? text : null)

const UNITS: Readonly<Record<string, string>> = { Y: 'y', M: 'mo', W: 'wk', D: 'd' }

/** "058Y" → "58 y" (PS3.5 6.2, AS); a bare number is taken for years, as many files write it. */
function age(text: string | null): string | null {
  const match = /^(\d{1,3})([YMWD]?)$/.exec(text ?? '')
  if (match === null) return null
  const value = Number(match[1])
  const unit = UNITS[match[2] || 'Y'] ?? 'y'
  return unit === 'y' && value > 130 ? null : `${value} ${unit}`
}

/** "20170103" → "2017-01-03"; null where no such day exists. */
function date(text: string | null): string | null {
  const match = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(text ?? '')
  if (match === null) return null
  const iso = `${match[1]}-${match[2]}-${match[3]}`
  const day = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(day.getTime()) || !day.toISOString().startsWith(iso) || match[1] === '0000' ? null : iso
}
