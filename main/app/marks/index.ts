export { marksCallsOf } from './marksCalls'
