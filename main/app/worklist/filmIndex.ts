import type { CaseId } from '../../../contract'
import type { StoredCase } from '../../ports'

type Film = Pick<StoredCase, 'sha256'> & { readonly identity: Pick<StoredCase['identity'], 'sopInstanceUid'> }

/** Which cases may be the same film (`isSameFilm`), by bytes and by DICOM object: an import asks it of every film, and looks at no other case. */
export class FilmIndex {
  private readonly ids = new Map<string, Set<CaseId>>()

  add(id: CaseId, film: Film): void {
    for (const key of keysOf(film)) this.ids.set(key, (this.ids.get(key) ?? new Set()).add(id))
  }

  /** Those of the same bytes first; of cases that were removed since, too. */
  candidates(film: Film): CaseId[] {
    return keysOf(film).flatMap((key) => [...(this.ids.get(key) ?? [])])
  }
}

const keysOf = ({ sha256, identity: { sopInstanceUid } }: Film): string[] =>
  sopInstanceUid === null ? [sha256] : [sha256, sopInstanceUid]
