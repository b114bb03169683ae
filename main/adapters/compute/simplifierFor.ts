import { BUNDLED_SIMPLIFIER, SimpleBitsError } from '../../../contract'
import type { PreparedModels, ReadyClassifier, ReadyFlow, ReadySimplifier } from './preparedModels'

/** The simplifier that was made for exactly these weights; null where the installation has none. */
export async function simplifierFor(
  { classifier, flow }: { readonly classifier: ReadyClassifier; readonly flow: ReadyFlow },
  prepared: PreparedModels,
): Promise<ReadySimplifier | null> {
  try {
    const simplifier = await prepared.simplifier(BUNDLED_SIMPLIFIER)
    const { file } = simplifier
    return file.classifier.sha256 === classifier.sha256 && file.flow.sha256 === flow.sha256 ? simplifier : null
  } catch (error) {
    if (SimpleBitsError.from(error).code === 'MODEL_NOT_FOUND') return null
    throw error
  }
}
