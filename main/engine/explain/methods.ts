import { gradCam } from './gradCam'
import { integratedGradients, integrationPasses } from './integratedGradients'
import { occlusion, occlusionPasses } from './occlusion'
import { step, type Pace, type Question } from './question'

/** Maps that are made from the classifier alone. */
export type AttributionName = 'gradCam' | 'integratedGradients' | 'occlusion'
/** All that are compared: also the bit maps of counterpart and film, and pixels in random order as the measure of chance. */
export type MethodName = AttributionName | 'keptBits' | 'originalBits' | 'random'

export interface AttributionMethod {
  readonly name: AttributionName
  /** Passes of a batch that one map takes: the unit of progress. */
  passes(size: number): number
  /** Change of the logit towards the decision, [size²]. @throws Interrupted once cancelled */
  map(question: Question, pace: Pace): Promise<Float32Array>
}

/** In the order in which they are computed: the quickest first. */
export const ATTRIBUTIONS: readonly AttributionMethod[] = [
  {
    name: 'gradCam',
    passes: () => 1,
    async map(question, pace) {
      const map = gradCam(question)
      await step(pace)
      return map
    },
  },
  {
    name: 'integratedGradients',
    passes: () => integrationPasses(),
    map: async (question, pace) => (await integratedGradients(question, pace)).map,
  },
  {
    name: 'occlusion',
    passes: (size) => occlusionPasses(size),
    map: (question, pace) => occlusion(question, pace),
  },
]
