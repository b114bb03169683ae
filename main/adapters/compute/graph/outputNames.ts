/** What TensorFlow calls the one output (or list of outputs) of each operation: inside a function values go by this name. */
const OPERATIONS: Readonly<Record<string, string>> = {
  output: `All Any ArgMax ArgMin AvgPool AvgPoolGrad BatchMatMulV2 BatchToSpaceND BiasAdd BiasAddGrad BroadcastTo ConcatV2 Const
    Conv2D Conv2DBackpropFilter Conv2DBackpropInput Conv3D DepthToSpace DepthwiseConv2dNative DepthwiseConv2dNativeBackpropFilter
    DepthwiseConv2dNativeBackpropInput Einsum ExpandDims Fill GatherNd GatherV2 Identity Max MaxPool MaxPoolGrad Mean Min
    MirrorPad OneHot Pack Pad PadV2 Prod Range Reshape ResizeBilinearGrad ResizeNearestNeighborGrad ReverseV2 Select SelectV2 Slice SpaceToBatchND
    SpaceToDepth Split SplitV Squeeze StridedSlice Sum Tile Unpack UnsortedSegmentSum`,
  z: `Add AddV2 Atan2 Div DivNoNan Equal FloorDiv FloorMod Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr Maximum
    Minimum Mul NotEqual Pow RealDiv SigmoidGrad SquaredDifference Sub TanhGrad`,
  y: `Abs Acos Acosh Asin Asinh Atan Atanh Cast Ceil Cos Cosh Erf Exp Expm1 Floor FusedBatchNorm FusedBatchNormV3 IsFinite IsInf IsNan Log
    Log1p LogicalNot Neg OnesLike Reciprocal Round Rsqrt Sigmoid Sign Sin Sinh Sqrt Square Tan Tanh Transpose ZerosLike`,
  activations: 'Elu LeakyRelu Relu Relu6 Selu Softplus',
  backprops: 'EluGrad LeakyReluGrad Relu6Grad ReluGrad SeluGrad SoftplusGrad',
  resized_images: 'ResizeBilinear ResizeNearestNeighbor',
  softmax: 'Softmax',
  logsoftmax: 'LogSoftmax',
  product: 'MatMul',
  sum: 'AddN',
  out: 'Cumsum',
}

const NAMES = new Map(
  Object.entries(OPERATIONS).flatMap(([name, operations]) => operations.split(/\s+/).map((op) => [op, name] as const)),
)

/** @throws Error for an operation that is not listed */
export function outputName(operation: string): string {
  const name = NAMES.get(operation)
  if (name === undefined) throw new Error(`the operation ${operation} is not known to graphs`)
  return name
}
