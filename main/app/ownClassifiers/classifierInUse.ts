import { BUNDLED_CLASSIFIER, SimpleBitsError, type ModelName, type WireError } from '../../../contract'
import type { DecidingClassifier } from '../../domain/decidingClassifier'
import type { Logger, ModelStore, OwnClassifierShelf, OwnClassifierStore } from '../../ports'

interface ClassifierFacts extends DecidingClassifier {
  readonly own: boolean
  /** Why the chosen one does not decide, where that is so; the bundled one does then. */
  readonly problem: WireError | null
}

/** The classifier that decides about films and is audited, as the user chose it. */
export class ClassifierInUse {
  private chosen: ModelName | null = null

  constructor(
    private readonly at: {
      readonly models: ModelStore
      readonly own: OwnClassifierStore
      readonly shelf: OwnClassifierShelf
      readonly log: Logger
    },
  ) {}

  /** What the user chose, also where it is refused and the bundled one decides. */
  async chosenName(): Promise<ModelName> {
    this.chosen ??= (await this.at.shelf.chosen()) ?? BUNDLED_CLASSIFIER
    return this.chosen
  }

  /** @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT where the bundled one is broken too */
  async get(): Promise<ClassifierFacts> {
    const chosen = await this.chosenName()
    if (chosen === BUNDLED_CLASSIFIER) return this.factsOf(BUNDLED_CLASSIFIER)
    try {
      return await this.factsOf(chosen)
    } catch (error) {
      const problem = SimpleBitsError.from(error).toWire()
      this.at.log.warn({ model: chosen, problem: problem.message }, 'the chosen classifier was refused')
      return { ...(await this.factsOf(BUNDLED_CLASSIFIER)), problem }
    }
  }

  /** @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT: the one before stays in use */
  async use(name: ModelName): Promise<ClassifierFacts> {
    const facts = await this.factsOf(name)
    await this.at.shelf.choose(name)
    this.chosen = name
    return facts
  }

  private async factsOf(name: ModelName): Promise<ClassifierFacts> {
    if (await this.at.own.has(name)) {
      const { manifest, sha256 } = await this.at.own.describe(name)
      return { name, sha256, rule: sha256, threshold: manifest.threshold, own: true, problem: null }
    }
    const { file, manifest, sha256 } = await this.at.models.describe(name)
    if (file.kind !== 'classifier') throw new SimpleBitsError('MODEL_CORRUPT', `models/${name} is no classifier.`)
    const rule = manifest.files['model.json'] ?? sha256
    return { name, sha256, rule, threshold: file.threshold, own: false, problem: null }
  }
}
