export { guessedLevels, instantCounterpart, type InstantCounterpart } from './counterpart'
export { CounterpartTrainer, type CounterpartReport, type CounterpartTraining } from './train'
