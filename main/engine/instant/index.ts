export { guessedLevels, instantCounterpart } from './counterpart'
export { CounterpartTrainer } from './train'
