export {
  augmentToLetterboxedInput,
  augmentToModelInput,
  averagedAndWindowed,
  shiftToModelInput,
  toModelInput,
} from './augmentToModelInput'
export { exampleSampler, toPixels } from './classifierExamples'
export { patientFolds } from './folds'
export { demonstrationFilms, loadTrainingFilms } from './loadTrainingFilms'
export type { TrainingFilm } from './trainingFilm'
