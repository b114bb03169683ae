export { deferred } from './deferred'
export { createEngineClient } from './engineClient'
export { launchEngine } from './engineLaunch'
export { METHODS } from './methods'
