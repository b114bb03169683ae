import {
  BUNDLED_CLASSIFIER,
  type ownClassifierCalls,
  SimpleBitsError,
  type CallTable,
  type ClassifierView,
  type ModelName,
} from '../../../contract'
import type { ModelStore, OwnClassifierShelf, OwnClassifierStore, UserDialogs } from '../../ports'
import { addOwnClassifier, testOwnClassifier, type OwnClassifierDeps } from './addAndTest'
import type { ClassifierInUse } from './classifierInUse'

interface ClassifierCallsContext {
  readonly classifiers: {
    readonly inUse: ClassifierInUse
    readonly store: OwnClassifierStore
    readonly shelf: OwnClassifierShelf
  }
  readonly models: ModelStore
  readonly dialogs: UserDialogs
  readonly engine: OwnClassifierDeps['engine']
  readonly films: OwnClassifierDeps['films']
  readonly bundled: OwnClassifierDeps['trialFilms']
  /** Path of the guide to classifiers of one's own; null where it is not installed. */
  readonly guide: string | null
  readonly signal: AbortSignal
  /** Lets every film be asked about by the classifier that decides now. */
  readonly decideAgain: () => Promise<void>
}

/** As it lies in the repository and in the program's folder. */
const GUIDE = 'docs/own-classifier.md'

type ClassifierCalls = CallTable<keyof typeof ownClassifierCalls>

/** The classifiers' part of what the window can ask. */
export function classifierCallsOf(context: ClassifierCallsContext): ClassifierCalls {
  const { classifiers, engine, films, bundled, signal } = context
  const deps = { engine, films, trialFilms: bundled, own: classifiers.store, shelf: classifiers.shelf }
  const use = async (name: ModelName) => {
    await classifiers.inUse.use(name)
    await context.decideAgain()
    return viewsOf(context)
  }
  return {
    classifiers: () => viewsOf(context),
    pickClassifier: async () =>
      (await context.dialogs.openFiles({ folders: true, title: 'Add a classifier: its folder' }))?.[0] ?? null,
    async showClassifierGuide() {
      if (context.guide === null) throw new SimpleBitsError('FILE_NOT_FOUND', `${GUIDE} is not installed here.`)
      await context.dialogs.showInFolder(context.guide)
    },
    addClassifier: (request) => addOwnClassifier(deps, request, signal),
    testClassifier: ({ name }) => testOwnClassifier(deps, name, signal),
    async removeClassifier({ name }) {
      if ((await classifiers.inUse.chosenName()) === name) await use(BUNDLED_CLASSIFIER)
      await classifiers.shelf.remove(name)
    },
    async useClassifier({ name }) {
      await mayDecide(context, name)
      return use(name)
    },
  }
}

/** Nobody's decision comes from a classifier that was never tried here. */
async function mayDecide({ classifiers }: ClassifierCallsContext, name: ModelName): Promise<void> {
  if (!(await classifiers.store.has(name))) return
  const test = await classifiers.shelf.lastTest(await classifiers.store.describe(name))
  if (test && test.verdict !== 'unusable') return
  throw new SimpleBitsError('MODEL_UNSUITABLE', `${name} has not passed its test. Test it first.`)
}

async function viewsOf({ classifiers, models }: ClassifierCallsContext): Promise<ClassifierView[]> {
  const inUse = await classifiers.inUse.get()
  const listed = await models.list()
  const own = await classifiers.store.list()
  const ownNames = new Set(own.map(({ name }) => name))
  const bundled = listed.filter(({ name, kind }) => kind === 'classifier' && !ownNames.has(name))
  const plain = { manifest: null, test: null, refused: null, threshold: null }
  return [
    ...bundled.map(({ name, sha256, description }) => ({
      ...plain,
      name,
      sha256,
      description,
      own: false,
      inUse: name === inUse.name,
      threshold: name === inUse.name ? inUse.threshold : null,
    })),
    ...(await Promise.all(
      own.map(async ({ name, own: found, error }): Promise<ClassifierView> => {
        const about = { ...plain, name, own: true, inUse: name === inUse.name }
        if (!found) return { ...about, sha256: null, description: 'Refused', refused: error }
        const { manifest, sha256 } = found
        const description = listed.find((model) => model.name === name)?.description ?? ''
        const test = await classifiers.shelf.lastTest(found)
        return { ...about, sha256, description, manifest, threshold: manifest.threshold, test }
      }),
    )),
  ]
}
