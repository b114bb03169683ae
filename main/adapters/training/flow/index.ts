export { measureFlow } from './measureFlow'
export { packageFlow, type PackageFlowRequest } from './packageFlow'
export { runTrainFlow } from './runTrainFlow'
