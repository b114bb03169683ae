export { trainModel, type TrainingOutcome, type TrainingRequest } from './trainModel'
