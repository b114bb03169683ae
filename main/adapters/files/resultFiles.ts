import { RESEARCH_USE_ONLY } from '../../../contract'
import type { ResultFiles } from '../../ports'
import { encodeSafetensors } from '../tensors'
import { writeAtomic } from './writeAtomic'

/** Result files on disk, each written beside and renamed into place. */
export const resultFiles: ResultFiles = {
  text: writeAtomic,
  tensors: (path, tensors) => writeAtomic(path, encodeSafetensors(tensors, { note: RESEARCH_USE_ONLY })),
}
