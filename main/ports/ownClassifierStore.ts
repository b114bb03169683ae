import type { ModelName, OwnManifest, OwnTest, Sha256, WireError } from '../../contract'

interface OwnClassifier {
  readonly name: ModelName
  readonly manifest: OwnManifest
  /** Of simplebits-model.json, which holds the hashes of all other files: the model's identity in every record. */
  readonly sha256: Sha256
}

export interface LoadedOwnClassifier extends OwnClassifier {
  /** By the path within the folder, as the manifest names them; hashes checked. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

/** Classifiers that the user brought along: models/<name>/simplebits-model.json and what it names. */
export interface OwnClassifierStore {
  /** Sound or refused, by name. */
  list(): Promise<
    readonly { readonly name: ModelName; readonly own: OwnClassifier | null; readonly error: WireError | null }[]
  >
  has(name: ModelName): Promise<boolean>
  /**
   * The manifest, checked; the model's files are not read.
   * @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT (naming file and field)
   */
  describe(name: ModelName): Promise<OwnClassifier>
  /** @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT (naming the file) */
  load(name: ModelName): Promise<LoadedOwnClassifier>
}

/** The one folder in which the user's classifiers are kept. */
export interface OwnClassifierShelf {
  /**
   * Checks a folder's manifest and hashes and copies what the manifest names, whole or not at all.
   * @param name in place of the manifest's
   * @throws SimpleBitsError FILE_NOT_FOUND, MODEL_CORRUPT, BAD_REQUEST where the name is taken, WRITE_FAILED
   */
  add(folder: string, name: ModelName | null): Promise<ModelName>
  /** @throws SimpleBitsError MODEL_NOT_FOUND where the name is none of the user's */
  remove(name: ModelName): Promise<void>
  /** The last self-test; null where there is none of the files as they are now. */
  lastTest(own: OwnClassifier): Promise<OwnTest | null>
  saveTest(own: OwnClassifier, test: OwnTest): Promise<void>
  /** The classifier that the user chose to decide; null where none was chosen. */
  chosen(): Promise<ModelName | null>
  choose(name: ModelName): Promise<void>
}
