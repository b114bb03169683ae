export { whyNoGradient } from './checkGradient'
export { ownNetwork, type OwnModel, type OwnPlan } from './ownNetwork'
export { testOwnModel } from './selfTest'
