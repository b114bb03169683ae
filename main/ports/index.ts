export type { CaseFolders } from './caseFolders'
export type {
  CaseStore,
  ExportedReport,
  KnownExplanation,
  LeftOutFilm,
  StoredAudit,
  StoredCase,
  UnreadPart,
} from './caseStore'
export type { Clock } from './clock'
export type { CohortReportWriter } from './cohortReportWriter'
export type { ComputeBackend } from './computeBackend'
export type { Engine, EngineCallOptions } from './engine'
export type { DiscoveredFiles, FilmInput, FilmPlace, FilmSource } from './filmSource'
export type { FilmWindow } from './filmWindow'
export type { LabCatalogue } from './labCatalogue'
export type { LabelSource } from './labelSource'
export type { Logger } from './logger'
export type { LoadedModel, ModelDescription, ModelStore } from './modelStore'
export type { LoadedOwnClassifier, OwnClassifierShelf, OwnClassifierStore } from './ownClassifierStore'
export type { BitMapPicture, PictureWriter } from './pictureWriter'
export type { OsKeyStore } from './osKeyStore'
export type { ProtectionChoice, StoreKeys } from './storeKeys'
export type { ReportWriter } from './reportWriter'
export type { ResultFiles } from './resultFiles'
export type { RunReportWriter } from './runReportWriter'
export type { RunStore } from './runStore'
export type { SecondOpinions } from './secondOpinions'
export type { StoredTensor, StoredTensors } from './storedTensors'
export type { TableSource } from './tableSource'
export type { UserDialogs } from './userDialogs'
