import type { AttributeValue, NativeBinding, OpAttribute } from '../backend/nativeBinding'
import type { ProtobufWriter } from './protobuf'

type Write = (writer: ProtobufWriter) => void

/** Writes attributes of operations: AttrValue of tensorflow/core/framework/attr_value.proto. */
export interface AttributeWriter {
  text(value: string): Write
  bytes(value: Uint8Array): Write
  flag(value: boolean): Write
  type(value: number): Write
  types(values: readonly number[]): Write
  /** A tensor's values, row-major. */
  tensor(of: { readonly dtype: number; readonly shape: readonly number[]; readonly content: Uint8Array }): Write
  /** The function of that name. */
  call(name: string): Write
  /** As TensorFlow.js hands it to the binding. */
  given(of: OpAttribute): Write
}

/** An entry of the attributes of a node or of a function, which have the same number in both. */
export function setAttribute(of: ProtobufWriter, name: string, write: Write): void {
  of.message(5, (entry) => entry.text(1, name).message(2, write))
}

const shapeOf =
  (shape: readonly number[]): Write =>
  (writer) =>
    shape.forEach((length) => writer.message(2, (dimension) => dimension.varint(1, length)))

/** AttrValue has one field a kind; a list repeats the same numbers inside. */
export function attributeWriter(binding: NativeBinding): AttributeWriter {
  const kinds = new Map<number, (writer: ProtobufWriter, value: AttributeValue) => unknown>([
    [binding.TF_ATTR_STRING, (writer, value) => writer.text(2, String(value))],
    [binding.TF_ATTR_INT, (writer, value) => writer.varint(3, Number(value))],
    [binding.TF_ATTR_FLOAT, (writer, value) => writer.float(4, Number(value))],
    [binding.TF_ATTR_BOOL, (writer, value) => writer.varint(5, Number(value))],
    [binding.TF_ATTR_TYPE, (writer, value) => writer.varint(6, Number(value))],
  ])
  return {
    text: (value) => (writer) => writer.text(2, value),
    bytes: (value) => (writer) => writer.bytes(2, value),
    flag: (value) => (writer) => writer.varint(5, Number(value)),
    type: (value) => (writer) => writer.varint(6, value),
    types: (values) => (writer) => writer.message(1, (list) => values.forEach((value) => list.varint(6, value))),
    tensor:
      ({ dtype, shape, content }) =>
      (writer) =>
        writer.message(8, (tensor) => tensor.varint(1, dtype).message(2, shapeOf(shape)).bytes(4, content)),
    call: (name) => (writer) => writer.message(10, (call) => call.text(1, name)),
    given({ name, type, value }) {
      if (type === binding.TF_ATTR_SHAPE && Array.isArray(value)) {
        const shape = value.map(Number)
        return (writer) => writer.message(7, shapeOf(shape))
      }
      const write = kinds.get(type)
      if (!write) throw new Error(`the attribute ${name} is of a kind that is not known`)
      if (!isList(value)) return (writer) => write(writer, value)
      return (writer) => writer.message(1, (list) => value.forEach((one) => write(list, one)))
    },
  }
}

function isList(value: OpAttribute['value']): value is readonly AttributeValue[] {
  return Array.isArray(value)
}
