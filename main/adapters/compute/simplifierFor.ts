import { BUNDLED_SIMPLIFIER, SimpleBitsError, type Sha256 } from '../../../contract'
import type { ReadyModels, ReadyFlow, ReadySimplifier } from './readyModels'

/** The simplifier that was made for exactly these weights; null where the installation has none. */
export async function simplifierFor(
  { classifier, flow }: { readonly classifier: { readonly sha256: Sha256 }; readonly flow: ReadyFlow },
  ready: ReadyModels,
): Promise<ReadySimplifier | null> {
  try {
    const simplifier = await ready.simplifier(BUNDLED_SIMPLIFIER)
    const { file } = simplifier
    return file.classifier.sha256 === classifier.sha256 && file.flow.sha256 === flow.sha256 ? simplifier : null
  } catch (error) {
    if (SimpleBitsError.from(error).code === 'MODEL_NOT_FOUND') return null
    throw error
  }
}
