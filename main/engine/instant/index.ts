export { guessedLevels, instantCounterpart } from './counterpart'
export { EstimateTrainer } from './train'
