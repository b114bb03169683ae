import { modelName } from '../../contract'

/** The classifier and the flow that come with the product. */
export const BUNDLED_CLASSIFIER = modelName.parse('effusion-128')
export const BUNDLED_FLOW = modelName.parse('glow-cxr-128')
