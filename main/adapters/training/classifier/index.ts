export { packageClassifier, type PackageRequest } from './packageClassifier'
export { runTrainClassifier } from './runTrainClassifier'
