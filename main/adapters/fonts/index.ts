export { interFiles } from './inter'
