export { packageSimplifier, type PackageSimplifierRequest } from './packageSimplifier'
export { runTrainSimplifier } from './runTrainSimplifier'
