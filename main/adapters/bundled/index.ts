export { bundledCases } from './bundledCases'
export { bundledOpinions } from './secondOpinions'
