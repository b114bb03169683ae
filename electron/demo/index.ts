export { prepareDemo, type Demo } from './prepareDemo'
