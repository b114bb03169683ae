export { biasGradient, convFilterGradient, convInputGradient, reluGradient } from './kernels'
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
export { unstackFirst } from './unstack'
