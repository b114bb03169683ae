export { compilerFor } from './backend/compilerFor'
export { loadBackend } from './backend/loadBackend'
export { giveWay } from './handler'
export { toPictures } from './pictures'
export {
  createPreparedModels,
  toParams,
  toStored,
  type PreparedModels,
  type ReadyClassifier,
  type ReadyFlow,
} from './preparedModels'
