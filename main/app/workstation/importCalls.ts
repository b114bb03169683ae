import { SimpleBitsError, type CallParams, type CallTable, type importCalls } from '../../../contract'
import { abortWith, type Abortable } from '../abortWith'
import type { OpenFilms } from '../worklist'
import { importFilms, renewedCopy, type ImportContext } from './importing'

/** Bringing films in, stopping that, and finding a film again whose file was moved. */
export function importCallsOf(context: ImportContext, films: OpenFilms): CallTable<keyof typeof importCalls> {
  const running = new Set<Abortable>()
  return {
    async importFiles({ paths, copy }) {
      const one = abortWith(context.signal)
      running.add(one)
      try {
        const { signal } = one
        return await importFilms(copy ? { ...context, copyFilms: () => true } : context, paths, { signal })
      } finally {
        running.delete(one)
        one.end()
      }
    },
    async cancelImport() {
      for (const { end } of running) end()
    },
    locateFilm: ({ caseId }) => locateFilm(context, films, caseId),
  }
}

/** Links a case to its film where it is now: whatever the file is called, its bytes must be those that were imported. */
async function locateFilm(
  { deps, worklist, signal, copyFilms }: ImportContext,
  films: OpenFilms,
  caseId: CallParams<'locateFilm'>['caseId'],
): Promise<boolean> {
  const stored = worklist.get(caseId)
  const [file] = (await deps.dialogs.openFiles({ folders: false })) ?? []
  if (file === undefined) return false
  const { header } = await deps.films.readInput(file, signal)
  if (header.sha256 !== stored.sha256)
    throw new SimpleBitsError(
      'BAD_REQUEST',
      'This is another film, or this film was changed. Choose the file that was imported.',
    )
  const copy = await renewedCopy({ deps, copyFilms }, stored, file)
  await worklist.change(caseId, { file, ...(copy ? { copy } : {}) })
  films.forget(caseId)
  return true
}
