export {
  augmentToLetterboxedInput,
  augmentToModelInput,
  averagedAndWindowed,
  shiftToModelInput,
  toModelInput,
} from './augmentToModelInput'
export { exampleSampler, HEADS, targetsOf, toPixels, type ExampleSettings } from './classifierExamples'
export { patientFolds } from './folds'
export { demonstrationFilms, demonstrationPatients, loadTrainingFilms, trainingDataRoot } from './loadTrainingFilms'
export { FINDINGS, TRAINING_SIDE, type Split, type TrainingFilm } from './trainingFilm'
