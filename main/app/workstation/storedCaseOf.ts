import { basename } from 'node:path'
import { caseId, type ReportLabel } from '../../../contract'
import { areaAverage } from '../../domain/areaAverage'
import { caseIdentity, patientIdOf } from '../../domain/caseIdentity'
import { safeName } from '../../domain/caseNames'
import { caseTitle, patientLine } from '../../domain/patientLine'
import type { CaseStore, Clock, PictureWriter, StoredCase } from '../../ports'
import type { FilmOutcome } from '../readFilms'

export type SoundFilm = Extract<FilmOutcome, { error: null }>

const THUMBNAIL = 64
/** Of the film's SHA-256 in its id: two films of one name do not meet in them, and the id stays within what `caseId` takes. */
const ID_DIGITS = 12

interface Deps {
  readonly clock: Clock
  readonly pictures: Pick<PictureWriter, 'encodeGrey'>
  readonly store: Pick<CaseStore, 'patientKey'>
}

/** What is kept of a film that comes in. */
export function storedCaseOf(
  { clock, pictures, store }: Deps,
  { file, header, input }: SoundFilm,
  known: { readonly bundled: boolean; readonly reportLabel: ReportLabel | null },
): StoredCase {
  const name = basename(file)
  const { identity } = header
  const patientId = patientIdOf(identity)
  const side = Math.round(Math.sqrt(input.pixels.length))
  const small = areaAverage(input.pixels, { width: side, height: side }, { width: THUMBNAIL, height: THUMBNAIL })
  const png = pictures.encodeGrey({ width: THUMBNAIL, height: THUMBNAIL, pixels: Uint8Array.from(small, Math.round) })
  return {
    ...known,
    id: caseId.parse(`${safeName(name)}-${header.sha256.slice(0, ID_DIGITS)}`),
    file,
    copy: null,
    sha256: header.sha256,
    addedAt: clock.now().toISOString(),
    title: caseTitle(identity, name),
    patientLine: patientLine(identity),
    identity: caseIdentity(identity, patientId === null ? null : store.patientKey(patientId, identity.patientIdIssuer)),
    decision: null,
    thumbnail: `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
    warnings: header.warnings,
    error: null,
  }
}
