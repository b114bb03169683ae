import { SimpleBitsError, type CaseId, type Film, type ModelInput } from '../../../contract'
import { modelInput } from '../../domain/modelInput'
import type { CaseStore, FilmSource, StoredCase } from '../../ports'

interface OpenFilm {
  readonly film: Film
  readonly input: ModelInput
}

/** A large film takes 20 MB: the one on the screen and the one before it stay. */
const KEPT = 2

/** Films by case, read again from their files when they are needed and forgotten soon after. */
export class OpenFilms {
  private readonly kept = new Map<CaseId, Promise<OpenFilm>>()

  constructor(
    private readonly films: FilmSource,
    private readonly store: Pick<CaseStore, 'placeOf'>,
  ) {}

  /** @throws SimpleBitsError why the file cannot be read; FILE_UNREADABLE where it is no longer the one imported */
  get(stored: StoredCase): Promise<OpenFilm> {
    const { id } = stored
    const known = this.kept.get(id)
    const opened = known ?? this.read(stored)
    // The most recently used stand last.
    this.kept.delete(id)
    this.kept.set(id, opened)
    for (const oldest of this.kept.keys()) if (this.kept.size > KEPT) this.kept.delete(oldest)
    opened.catch(() => {
      if (this.kept.get(id) === opened) this.kept.delete(id)
    })
    return opened
  }

  forget(id: CaseId): void {
    this.kept.delete(id)
  }

  private async read(stored: StoredCase): Promise<OpenFilm> {
    const film = await this.films.read(this.store.placeOf(stored))
    if (film.header.sha256 !== stored.sha256)
      throw new SimpleBitsError(
        'FILE_CHANGED',
        'The file is no longer the film that was imported: it was changed or replaced. Locate the film where it is now.',
      )
    return { film, input: modelInput(film) }
  }
}
