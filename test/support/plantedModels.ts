import { join, resolve } from 'node:path'
import { BUNDLED_CLASSIFIER } from '../../contract'
import { copyModelAs } from './modelCopy'

export const plantedFolder = resolve(import.meta.dirname, '../fixtures/planted')

/** The classifier that reads a letter, under the name of the product's: as if the product's were such a one. */
export function writePlantedModels(root: string): Promise<void> {
  return copyModelAs(join(plantedFolder, 'letter-128'), root, BUNDLED_CLASSIFIER)
}
