export { packageClassifier, type PackageClassifierRequest } from './packageClassifier'
export { runTrainClassifier } from './runTrainClassifier'
