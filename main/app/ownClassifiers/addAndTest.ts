import { SimpleBitsError, type ModelName, type OwnTest, type ReportLabel } from '../../../contract'
import type { Engine, FilmSource, OwnClassifierShelf, OwnClassifierStore } from '../../ports'
import { readInChunks } from '../readFilms'

export interface OwnClassifierDeps {
  readonly engine: Engine
  readonly films: FilmSource
  readonly own: OwnClassifierStore
  readonly shelf: OwnClassifierShelf
  /** Films that it is tried on, and what their reports say. */
  readonly trialFilms: readonly { readonly path: string; readonly reportLabel: ReportLabel | null }[]
}

/**
 * Tries one of the user's classifiers on the bundled films and keeps the answer beside it.
 * @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT, DATA_MISSING where no film can be read
 */
export async function testOwnClassifier(
  deps: OwnClassifierDeps,
  name: ModelName,
  signal: AbortSignal,
): Promise<OwnTest> {
  const own = await deps.own.describe(name)
  const labels = new Map(deps.trialFilms.map(({ path, reportLabel }) => [path, reportLabel]))
  const known: { pixels: Uint8Array; label: boolean | null }[] = []
  for await (const chunk of readInChunks(deps.films, [...labels.keys()], { confirmed: true, signal }))
    for (const outcome of chunk) {
      if (outcome.error !== null) continue
      const label = labels.get(outcome.file) ?? null
      known.push({ pixels: outcome.input.pixels, label: label === null ? null : label === 'effusion' })
    }
  if (known.length === 0)
    throw new SimpleBitsError('DATA_MISSING', 'No bundled film could be read to try the classifier on.')
  const size = known[0]?.pixels.length ?? 0
  const pictures = new Uint8Array(known.length * size)
  known.forEach(({ pixels }, i) => pictures.set(pixels, i * size))
  const params = { model: name, pictures, count: known.length, labels: known.map(({ label }) => label) }
  const test = await deps.engine.call('testClassifier', params, { signal })
  await deps.shelf.saveTest(own, test)
  return test
}

/**
 * Takes a folder in and tries it. One that cannot be loaded or used at all does not stay.
 * @throws SimpleBitsError as `OwnClassifierShelf.add`; MODEL_CORRUPT, MODEL_UNSUITABLE with every reason
 */
export async function addOwnClassifier(
  deps: OwnClassifierDeps,
  { folder, name: wanted }: { readonly folder: string; readonly name: ModelName | null },
  signal: AbortSignal,
): Promise<{ name: ModelName; test: OwnTest }> {
  const name = await deps.shelf.add(folder, wanted)
  try {
    const test = await testOwnClassifier(deps, name, signal)
    if (test.verdict !== 'unusable') return { name, test }
    const why = test.checks.filter(({ status }) => status === 'failed').map(({ sentence }) => sentence)
    throw new SimpleBitsError('MODEL_UNSUITABLE', `${name} cannot be used and was not added. ${why.join(' ')}`)
  } catch (error) {
    await deps.shelf.remove(name)
    throw error
  }
}
