export { addOwnClassifier, testOwnClassifier, type OwnClassifierDeps } from './addAndTest'
