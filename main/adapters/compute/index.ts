export { createEngineClient } from './engineClient'
export { launchEngine, type EngineLaunch } from './engineLaunch'
