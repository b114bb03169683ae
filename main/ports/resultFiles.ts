import type { StoredTensors } from './storedTensors'

/** Result files of the command line. A file appears whole or not at all. */
export interface ResultFiles {
  /** @throws SimpleBitsError WRITE_FAILED */
  text(path: string, text: string): Promise<void>
  /** As safetensors. @throws SimpleBitsError WRITE_FAILED */
  tensors(path: string, tensors: StoredTensors): Promise<void>
}
