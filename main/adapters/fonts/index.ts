export { interFiles } from './inter'
export { lettersOf } from './letters'
