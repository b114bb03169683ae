export { reviewOf } from './reviewCalls'
