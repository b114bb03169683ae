export { addOwnClassifier, testOwnClassifier, type OwnClassifierDeps } from './addAndTest'
export { classifierCallsOf } from './calls'
export { ClassifierInUse } from './classifierInUse'
