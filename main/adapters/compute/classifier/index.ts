export { packageClassifier, type CrossValidation, type PackageRequest } from './packageClassifier'
export { predictFilms } from './predict'
export { runTrainClassifier, splitFilms } from './runTrainClassifier'
export { classifierTraining, type ClassifierTraining } from './trainingConfig'
