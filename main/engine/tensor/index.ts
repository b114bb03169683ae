export { EAGER, runEagerly, type CompiledFunction, type Compiler } from './compile'
export { gaussianBlur, smoothed } from './gaussianBlur'
export { picturesOfLevels, toLevels, toPicture } from './levels'
export { biasGradient, convFilterGradient, convInputGradient, fusedConvolution, reluGradient } from './kernels'
export {
  disposeParams,
  layoutOf,
  param,
  ravel,
  unravel,
  valueAndGradient,
  type ParamLayout,
  type Params,
} from './params'
export { registerSecondOrderGradients } from './secondOrder'
export { roundToLevels } from './straightThrough'
export { twiceDifferentiableElu } from './twiceDifferentiable'
export { unstackFirst } from './unstack'
