export { whyNoGradient } from './checkGradient'
export { foreignNetwork, type ForeignModel, type ForeignPlan } from './foreignNetwork'
export { testForeign } from './selfTest'
