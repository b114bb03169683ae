import type { StoredCase } from '../../ports'

/**
 * The same bytes; or the same DICOM object in a file that was written anew (another header, another coding), which still shows
 * the same small picture. The picture is asked too, because files are about that share a SOP instance UID and are not the
 * same film: people copy a header. Films that come with the product are told apart by their bytes alone.
 */
export function isSameFilm(one: StoredCase, other: StoredCase): boolean {
  if (one.sha256 === other.sha256) return true
  const { sopInstanceUid, modality } = one.identity
  if (sopInstanceUid === null || (one.bundled && other.bundled)) return false
  return (
    sopInstanceUid === other.identity.sopInstanceUid &&
    modality === other.identity.modality &&
    one.thumbnail === other.thumbnail
  )
}
