export { createEngineClient } from './engineClient'
export { launchEngine } from './engineLaunch'
