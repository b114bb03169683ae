export { createGraphCompiler, type GraphCompilerOptions } from './graphCompiler'
export { traceFunction, type TensorFunction } from './trace'
