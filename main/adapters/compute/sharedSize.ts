import { SimpleBitsError } from '../../../contract'
import type { ReadyFlow } from './preparedModels'
import type { ReadyNetwork } from './preparedNetworks'

/**
 * Side of the picture that flow and classifier both see.
 * @throws SimpleBitsError BAD_REQUEST where it is not the same
 */
export function sharedSize({ name, flow }: ReadyFlow, classifier: ReadyNetwork): number {
  const size = classifier.size ?? flow.config.size
  if (flow.config.size === size && flow.config.channels === 1) return size
  throw new SimpleBitsError(
    'BAD_REQUEST',
    `The flow ${name} and the classifier ${classifier.name} do not see the same picture; choose models of one size.`,
  )
}
