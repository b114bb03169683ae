import { basename } from 'node:path'
import type PQueue from 'p-queue'
import {
  SimpleBitsError,
  type CallResult,
  type CaseId,
  type ReportLabel,
  type Sha256,
  type Tell,
} from '../../../contract'
import type { StoredCase } from '../../ports'
import { readInChunks, type FilmOutcome } from '../readFilms'
import { isSameFilm, type Worklist } from '../worklist'
import { classifyCases } from './classifying'
import type { WorkstationDeps } from './deps'
import type { Passes } from './passes'
import { storedCaseOf, type SoundFilm } from './storedCaseOf'

type ImportResult = CallResult<'importFiles'>

export interface ImportContext {
  readonly deps: Pick<
    WorkstationDeps,
    'engine' | 'films' | 'classifiers' | 'store' | 'log' | 'clock' | 'pictures' | 'dialogs'
  >
  readonly worklist: Worklist
  readonly tell: Tell
  readonly signal: AbortSignal
  /** Whether films that come in are copied into the store. */
  readonly copyFilms: () => boolean
  /** One import after the other: two at once would each take the same film for new. */
  readonly imports: PQueue
  readonly passes: Passes
}

interface ImportOptions {
  /** Films that come with the product, and what their reports say. They are not copied: they stay with the product. */
  readonly bundled?: ReadonlyMap<string, ReportLabel | null>
  /** Which films of the product have come in before: of these, one that is not there was removed. Those that come in are added. */
  readonly cameIn?: Set<Sha256>
  readonly labelOf?: (film: SoundFilm) => ReportLabel | null
  readonly signal?: AbortSignal
}

/**
 * Reads files, folders and DICOMDIRs into the worklist and asks the classifier about them. A film that is there already
 * (`isSameFilm`) is only counted; one whose file is gone is linked to its new place. Some thirty films at a time
 * are saved together, so that whatever ends the program leaves whole cases only, and importing again goes on. Waits for an
 * import that is under way.
 */
export function importFilms(
  context: ImportContext,
  paths: readonly string[],
  options: ImportOptions = {},
): Promise<ImportResult> {
  return context.imports.add(() => bringIn(context, paths, options))
}

async function bringIn(
  context: ImportContext,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ImportResult> {
  const { deps, worklist } = context
  const signal = options.signal ?? context.signal
  const { files, skipped } = await deps.films.discover(paths, signal)
  const result: ImportResult = { added: [], alreadyThere: 0, failed: [], skipped, cancelled: false }
  const onRead = progressTeller(context, files.length)
  // A CT slice may come in: its warning stands in the worklist and is asked about before an audit, before which what the
  // classifier says of it counts nowhere (`isConfirmed`).
  try {
    for await (const chunk of readInChunks(deps.films, files, { confirmed: true, signal, onRead })) {
      const { fresh, again, refusal } = await sortOut(context, chunk, { ...options, result })
      await worklist.add(
        fresh.map(({ stored }) => stored),
        'reading',
      )
      const cases = fresh.map(({ stored, film }) => ({ id: stored.id, film }))
      for (const { stored } of fresh) if (stored.bundled) options.cameIn?.add(stored.sha256)
      result.added.push(...cases.map(({ id }) => id))
      const problem = await classifyCases({ ...context, signal }, [...cases, ...again])
      if (refusal) throw refusal
      if (problem === 'WRITE_FAILED') throw notWritten()
    }
  } catch (error) {
    throw endedBy(error, result)
  }
  return { ...result, cancelled: signal.aborted }
}

const notWritten = () =>
  new SimpleBitsError(
    'WRITE_FAILED',
    'The store could not be written. Check that the disk has room and may be written to.',
  )

/** A disk that is full ends an import in its middle: what came in before stays, and is told. */
function endedBy(error: unknown, { added }: ImportResult): unknown {
  if (!(error instanceof SimpleBitsError) || error.code !== 'WRITE_FAILED') return error
  const films = added.length === 1 ? '1 film' : `${added.length || 'No'} films`
  const message = `${error.message} ${films} came in before. Import the same again to go on.`
  return new SimpleBitsError('WRITE_FAILED', message, { cause: error })
}

interface Sorted {
  /** Films that the worklist does not have yet, copied where that is wished. */
  readonly fresh: { readonly stored: StoredCase; readonly film: SoundFilm }[]
  /** Films that it has without the classifier's word: their import was ended in its middle. */
  readonly again: { readonly id: CaseId; readonly film: SoundFilm }[]
  /** The store takes nothing any more, which no other film would escape: those behind this one were not looked at. */
  readonly refusal?: SimpleBitsError
}

async function sortOut(
  { deps, worklist, copyFilms }: ImportContext,
  chunk: readonly FilmOutcome[],
  { bundled, cameIn, labelOf, result }: ImportOptions & { readonly result: ImportResult },
): Promise<Sorted> {
  const { fresh, again }: Sorted = { fresh: [], again: [] }
  for (const film of chunk) {
    const { file } = film
    if (film.error !== null) {
      result.failed.push({ file, error: film.error.toWire() })
      continue
    }
    const isBundled = bundled?.has(file) ?? false
    const reportLabel = bundled?.get(file) ?? labelOf?.(film) ?? null
    const stored = storedCaseOf(deps, film, { bundled: isBundled, reportLabel })
    const known = worklist.sameFilm(stored)
    if (isBundled && !known && cameIn?.has(stored.sha256)) continue
    if (known || fresh.some((one) => isSameFilm(one.stored, stored))) {
      result.alreadyThere++
      if (known?.sha256 !== stored.sha256) continue
      try {
        const moved = known.file !== file && !(await isInPlace(deps, known))
        const copy = await renewedCopy({ deps, copyFilms }, known, file)
        const change = { ...(moved ? { file } : {}), ...(copy ? { copy } : {}) }
        if (moved || copy !== null) await worklist.change(known.id, change)
      } catch (error) {
        const refusal = SimpleBitsError.from(error)
        if (refusal.code === 'WRITE_FAILED') return { fresh, again, refusal }
        result.failed.push({ file, error: refusal.toWire() })
        continue
      }
      if (worklist.has(known.id) && worklist.summary(known.id).decision === null) again.push({ id: known.id, film })
      continue
    }
    try {
      worklist.refuseLeftOut(stored)
      if (worklist.has(stored.id) || fresh.some((one) => one.stored.id === stored.id)) throw takenName()
      const copy = copyFilms() && !isBundled ? await deps.store.copyFilm(file, stored.sha256) : null
      fresh.push({ stored: { ...stored, copy }, film })
    } catch (error) {
      const refusal = SimpleBitsError.from(error)
      if (refusal.code === 'WRITE_FAILED') return { fresh, again, refusal }
      result.failed.push({ file, error: refusal.toWire() })
    }
  }
  return { fresh, again }
}

/** Two films of one name whose hashes begin alike: neither may take the other's place. */
const takenName = () =>
  new SimpleBitsError(
    'BAD_REQUEST',
    'Another film has this file name, and its contents begin with the same digits. Give this file another name and import it again.',
  )

/** Whether a case's file is still there and still that film. A program that ends does not wait to know. */
async function isInPlace({ films }: ImportContext['deps'], { file, sha256 }: StoredCase): Promise<boolean> {
  try {
    return (await films.readInput(file)).header.sha256 === sha256
  } catch (error) {
    return SimpleBitsError.from(error).code === 'CANCELLED'
  }
}

/** A copy of a film that the worklist has already: where copies are wished and it has none, or where its copy is damaged. */
export async function renewedCopy(
  { deps, copyFilms }: Pick<ImportContext, 'deps' | 'copyFilms'>,
  { copy, bundled, sha256 }: StoredCase,
  file: string,
): Promise<string | null> {
  const wanted = copy === null ? copyFilms() && !bundled : !(await deps.store.isCopySound(copy))
  return wanted ? deps.store.copyFilm(file, sha256) : null
}

/** Tells of every film that was read, and how long the rest will take at the mean pace so far. */
function progressTeller({ tell, deps }: ImportContext, total: number): (file: string) => void {
  const began = deps.clock.now().getTime()
  let done = 0
  return (file) => {
    done++
    const seconds = (deps.clock.now().getTime() - began) / 1000
    const secondsLeft = done < 5 ? null : (seconds / done) * (total - done)
    tell({ type: 'import', done, total, file: basename(file), secondsLeft })
  }
}
