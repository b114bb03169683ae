export { prepareDemo } from './prepareDemo'
