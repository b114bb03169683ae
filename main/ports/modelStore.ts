import type { ModelFile, ModelInfo, ModelManifest, ModelName, Sha256 } from '../../contract'
import type { StoredTensors } from './storedTensors'

export interface ModelDescription {
  readonly file: ModelFile
  readonly manifest: ModelManifest
  /** Of the weights file: the model's identity in every record. */
  readonly sha256: Sha256
}

export interface LoadedModel extends ModelDescription {
  readonly tensors: StoredTensors
}

/** The models of this installation: models/<name>/{model.json, manifest.json, weights.safetensors}. */
export interface ModelStore {
  /** Sound ones only; a broken one is left out and named in the log. */
  list(): Promise<ModelInfo[]>
  /**
   * model.json and manifest.json, checked; the weights are not read.
   * @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT (naming the file)
   */
  describe(name: ModelName): Promise<ModelDescription>
  /**
   * The whole model; sha256 of every file and shape of every tensor checked.
   * @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT (naming the file or tensor)
   */
  load(name: ModelName): Promise<LoadedModel>
  /**
   * training.json: the configuration that the weights were trained with, its sha256 checked; its schema is the trainer's.
   * @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT; BAD_REQUEST where the model came without one
   */
  training(name: ModelName): Promise<unknown>
}
