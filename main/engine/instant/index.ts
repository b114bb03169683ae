export { guessedLevels, instantCounterpart } from './counterpart'
export { EstimateTrainer, type EstimateReport } from './train'
