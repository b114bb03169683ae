export { marksCallsOf, NO_MARKS } from './marksCalls'
