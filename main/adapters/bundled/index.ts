export { bundledCases, type BundledCase } from './bundledCases'
export { bundledOpinions } from './secondOpinions'
