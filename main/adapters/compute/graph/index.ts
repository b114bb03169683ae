export { createGraphCompiler } from './graphCompiler'
