import * as tf from '@tensorflow/tfjs-core'

/** An attribute of an operation as TensorFlow.js hands it to the binding. */
export interface OpAttribute {
  readonly name: string
  /** One of the binding's TF_ATTR_… */
  readonly type: number
  readonly value: AttributeValue | readonly AttributeValue[]
}
export type AttributeValue = string | number | boolean

/** A tensor of the library, by its number: numbers are never given twice. */
interface TensorHandle {
  readonly id: number
  readonly shape: readonly number[]
  readonly dtype: number
}

type Constants = Readonly<
  Record<
    | 'TF_ATTR_STRING'
    | 'TF_ATTR_INT'
    | 'TF_ATTR_FLOAT'
    | 'TF_ATTR_BOOL'
    | 'TF_ATTR_TYPE'
    | 'TF_ATTR_SHAPE'
    | 'TF_FLOAT'
    | 'TF_INT32'
    | 'TF_INT64'
    | 'TF_STRING',
    number
  >
>

/** The part of tfjs-node's C++ binding that runs operations and whole graphs. */
export interface NativeBinding extends Constants {
  executeOp(name: string, attributes: readonly OpAttribute[], inputs: readonly number[], count: number): TensorHandle[]
  tensorDataSync(id: number): ArrayBufferView
  /** @returns the number of a session over the graph in that folder */
  loadSavedModel(folder: string, tags: string): number
  deleteSavedModel(session: number): void
}

/** What tfjs-node keeps of a tensor; `id` is null until its values went to the library. */
interface KeptTensor {
  readonly id: number | null
  readonly shape: readonly number[]
  /** A number of TensorFlow's, or TensorFlow.js' name while the values wait here. */
  readonly dtype: number | tf.DataType
}

/** The part of tfjs-node's backend that stands between kernels and binding. */
export interface NativeBackend {
  binding: NativeBinding
  readonly tensorMap: { get(dataId: object): KeptTensor | undefined }
  getDTypeInteger(dtype: tf.DataType): number
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[]
  executeSingleOutput(name: string, attributes: readonly OpAttribute[], inputs: readonly tf.TensorInfo[]): tf.Tensor
  /** @param count of the outputs */
  executeMultipleOutputs(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly tf.TensorInfo[],
    count: number,
  ): tf.Tensor[]
  runSavedModel(
    session: number,
    inputs: readonly tf.Tensor[],
    inputInfos: readonly { readonly name: string }[],
    outputNames: readonly string[],
  ): tf.Tensor[]
}

/** The backend in use; native TensorFlow must be it. */
export function nativeBackend(): NativeBackend {
  return tf.backend() as unknown as NativeBackend // tfjs types a backend without its native part
}
