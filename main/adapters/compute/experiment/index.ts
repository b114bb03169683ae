export { runExperiment, type ExperimentRequest, type ExperimentTools } from './runExperiment'
