import type { AttributeValue, NativeBinding, OpAttribute } from './nativeBinding'
import { ProtobufWriter } from './protobuf'
import type { Constant, Operation, Placeholder, Source, TracedGraph } from './tracedGraph'

/** The tag under which the graph is found again. */
export const TAG = 'serve'
/** Version of the graph format: that of TensorFlow 2.9, the oldest library that comes under the binding. */
const GRAPH_PRODUCER = 1087

/**
 * A graph as the file saved_model.pb of a SavedModel without variables. Field numbers: tensorflow/core/protobuf
 * (saved_model, meta_graph) and tensorflow/core/framework (graph, node_def, attr_value, tensor, tensor_shape).
 */
export function savedModelPieces(graph: TracedGraph, binding: NativeBinding): Uint8Array[] {
  const attribute = attributeWriter(binding)
  return new ProtobufWriter()
    .varint(1, 1)
    .message(2, (metaGraph) => {
      metaGraph.message(1, (info) => info.text(4, TAG))
      metaGraph.message(2, (graphDef) => {
        for (const placeholder of graph.placeholders) graphDef.message(1, (node) => writePlaceholder(node, placeholder))
        for (const constant of graph.constants) graphDef.message(1, (node) => writeConstant(node, constant))
        for (const operation of graph.operations)
          graphDef.message(1, (node) => writeOperation(node, operation, attribute))
        graphDef.message(4, (versions) => versions.varint(1, GRAPH_PRODUCER))
      })
    })
    .finish()
}

type Write = (writer: ProtobufWriter) => void

function setAttribute(node: ProtobufWriter, name: string, write: Write): void {
  node.message(5, (entry) => entry.text(1, name).message(2, write))
}

const shapeOf =
  (shape: readonly number[]): Write =>
  (writer) =>
    shape.forEach((length) => writer.message(2, (dimension) => dimension.varint(1, length)))

function writePlaceholder(node: ProtobufWriter, { name, dtype, shape }: Placeholder): void {
  node.text(1, name).text(2, 'Placeholder')
  setAttribute(node, 'dtype', (value) => value.varint(6, dtype))
  setAttribute(node, 'shape', (value) => value.message(7, shapeOf(shape)))
}

function writeConstant(node: ProtobufWriter, { name, dtype, shape, content }: Constant): void {
  node.text(1, name).text(2, 'Const')
  setAttribute(node, 'dtype', (value) => value.varint(6, dtype))
  setAttribute(node, 'value', (value) =>
    value.message(8, (tensor) => tensor.varint(1, dtype).message(2, shapeOf(shape)).bytes(4, content)),
  )
}

function writeOperation(
  node: ProtobufWriter,
  { name, op, inputs, attributes }: Operation,
  attribute: (of: OpAttribute) => Write,
): void {
  node.text(1, name).text(2, op)
  inputs.forEach((input) => node.text(3, sourceName(input)))
  attributes.forEach((of) => setAttribute(node, of.name, attribute(of)))
}

function sourceName({ node, index }: Source): string {
  return index === 0 ? node : `${node}:${index}`
}

/** AttrValue has one field a kind; a list repeats the same numbers inside. */
function attributeWriter(binding: NativeBinding): (of: OpAttribute) => Write {
  const kinds = new Map<number, (writer: ProtobufWriter, value: AttributeValue) => unknown>([
    [binding.TF_ATTR_STRING, (writer, value) => writer.text(2, String(value))],
    [binding.TF_ATTR_INT, (writer, value) => writer.varint(3, Number(value))],
    [binding.TF_ATTR_FLOAT, (writer, value) => writer.float(4, Number(value))],
    [binding.TF_ATTR_BOOL, (writer, value) => writer.varint(5, Number(value))],
    [binding.TF_ATTR_TYPE, (writer, value) => writer.varint(6, Number(value))],
  ])
  return ({ name, type, value }) => {
    if (type === binding.TF_ATTR_SHAPE && Array.isArray(value)) {
      const shape = value.map(Number)
      return (writer) => writer.message(7, shapeOf(shape))
    }
    const write = kinds.get(type)
    if (!write) throw new Error(`the attribute ${name} is of a kind that is not known`)
    if (!isList(value)) return (writer) => write(writer, value)
    return (writer) => writer.message(1, (list) => value.forEach((one) => write(list, one)))
  }
}

function isList(value: OpAttribute['value']): value is readonly AttributeValue[] {
  return Array.isArray(value)
}
