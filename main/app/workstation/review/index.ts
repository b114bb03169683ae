export { reviewOf, type Review } from './reviewCalls'
