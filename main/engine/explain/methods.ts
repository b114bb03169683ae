import { gradCam } from './gradCam'
import { integratedGradients, integrationPasses } from './integratedGradients'
import { occlusion, occlusionPasses } from './occlusion'
import { step, type Question, type StepControl } from './question'

/** Maps that are made from the classifier alone. */
type AttributionName = 'gradCam' | 'integratedGradients' | 'occlusion'
/**
 * All that are compared: also the bit maps of counterpart and film, the film's detail that the counterpart has left, and pixels in
 * random order as the measure of chance.
 */
export type MethodName = AttributionName | 'keptBits' | 'keptDetail' | 'originalBits' | 'random'

export interface AttributionMethod {
  readonly name: AttributionName
  /** Passes of a batch that one map takes: the unit of progress. */
  passes(size: number): number
  /** Change of the logit towards the decision, [size²]. @throws Interrupted once cancelled */
  map(question: Question, control: StepControl): Promise<Float32Array>
}

/** In the order in which they are computed: the quickest first. */
export const ATTRIBUTIONS: readonly AttributionMethod[] = [
  {
    name: 'gradCam',
    passes: () => 1,
    async map(question, control) {
      const map = gradCam(question)
      await step(control)
      return map
    },
  },
  {
    name: 'integratedGradients',
    passes: () => integrationPasses(),
    map: async (question, control) => (await integratedGradients(question, control)).map,
  },
  {
    name: 'occlusion',
    passes: (size) => occlusionPasses(size),
    map: (question, control) => occlusion(question, control),
  },
]
