import type { ResultFiles } from '../../ports'
import { writeAtomic } from '../files'
import { encodeSafetensors } from '../weights'

/** Result files on disk, each written beside and renamed into place. */
export const resultFiles: ResultFiles = {
  text: writeAtomic,
  tensors: (path, tensors) => writeAtomic(path, encodeSafetensors(tensors)),
}
