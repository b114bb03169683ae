import { SimpleBitsError, type ModelName } from '../../../contract'
import type { EngineContext } from './handler'
import { checkPictures } from './pictures'
import type { ReadyFlow } from './readyModels'
import type { ReadyNetwork } from './readyNetworks'

/** The models that a request names, and the side of the picture that both see. */
interface RequestedModels {
  readonly flow: ReadyFlow
  readonly classifier: ReadyNetwork
  readonly size: number
}

/**
 * The flow and the classifier of a request about one film.
 *
 * @param pictures levels of one picture each
 * @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT; BAD_REQUEST where the models do not see the same picture, or a picture
 *   is not of their size
 */
export async function modelsFor(
  request: { readonly model: ModelName; readonly flow: ModelName },
  pictures: readonly Uint8Array[],
  { ready, networks }: Pick<EngineContext, 'ready' | 'networks'>,
): Promise<RequestedModels> {
  const [flow, classifier] = await Promise.all([ready.flow(request.flow), networks.network(request.model)])
  const size = sharedSize(flow, classifier)
  for (const picture of pictures) checkPictures(picture, 1, size)
  return { flow, classifier, size }
}

function sharedSize({ name, flow }: ReadyFlow, classifier: ReadyNetwork): number {
  const size = classifier.size ?? flow.config.size
  if (flow.config.size === size && flow.config.channels === 1) return size
  throw new SimpleBitsError(
    'BAD_REQUEST',
    `The flow ${name} and the classifier ${classifier.name} do not see the same picture; choose models of one size.`,
  )
}
