export { filmWindowCallsOf } from './filmWindowCalls'
