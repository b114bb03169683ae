export { addOwnClassifier, testOwnClassifier } from './addAndTest'
export { classifierCallsOf } from './calls'
export { ClassifierInUse } from './classifierInUse'
