export { augmentToModelInput, toModelInput } from './augmentToModelInput'
export { patientFolds } from './folds'
export { demonstrationPatients, loadTrainingFilms, trainingDataRoot } from './loadTrainingFilms'
export { FINDINGS, TRAINING_SIDE, type Split, type TrainingFilm } from './trainingFilm'
