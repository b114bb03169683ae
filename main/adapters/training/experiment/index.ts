export { runExperiment } from './runExperiment'
