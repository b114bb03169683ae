import { attributeWriter, setAttribute, type AttributeWriter } from './attributes'
import type { NativeBinding } from '../backend/nativeBinding'
import { outputName } from './outputNames'
import { ProtobufWriter } from './protobuf'
import type { Placeholder, Source, TracedGraph } from './tracedGraph'

/** The tag under which the graph is found again. */
export const TAG = 'serve'
/** Version of the graph format: that of TensorFlow 2.9, the oldest library that comes under the binding. */
const GRAPH_PRODUCER = 1087
/** The nodes of the graph itself: one that stands for the inputs, and the call of the function that holds everything else. */
export const INPUTS = 'inputs'
export const CALL = 'call'
const FUNCTION = 'traced'
const outputArgument = (index: number) => `result${index}`

/**
 * A graph as the file saved_model.pb of a SavedModel without variables. Field numbers: tensorflow/core/protobuf
 * (saved_model, meta_graph, config, rewriter_config) and tensorflow/core/framework (graph, node_def, function, op_def).
 *
 * TensorFlow simplifies a graph before it first runs: of a step of the search that is two thirds of the making, it runs no
 * faster for it, and it rounds otherwise. The C interface has no switch for it. It leaves alone, though, graphs of fewer
 * than four nodes and functions marked as a data pipeline's; what is done to a called function, the call says itself.
 * Without any a graph computes what the operations compute one by one, bit for bit (with oneDNN, almost).
 */
export function savedModelPieces(graph: TracedGraph, binding: NativeBinding): Uint8Array[] {
  const attributes = attributeWriter(binding)
  return new ProtobufWriter()
    .varint(1, 1)
    .message(2, (metaGraph) => {
      metaGraph.message(1, (info) => info.text(4, TAG))
      metaGraph.message(2, (graphDef) => {
        graphDef.message(1, (node) => writeInputs(node, graph, attributes))
        graphDef.message(1, (node) => writeCall(node, graph, attributes))
        graphDef.message(2, (library) => library.message(1, (body) => writeFunction(body, graph, attributes)))
        graphDef.message(4, (versions) => versions.varint(1, GRAPH_PRODUCER))
      })
    })
    .finish()
}

type Node = (writer: ProtobufWriter, graph: TracedGraph, attributes: AttributeWriter) => void

/** An operation with as many outputs as there are inputs, of their types. It never runs: all its outputs are fed. */
const writeInputs: Node = (node, { placeholders }, attributes) => {
  node.text(1, INPUTS).text(2, 'Unstage')
  setAttribute(node, 'dtypes', attributes.types(placeholders.map(({ dtype }) => dtype)))
}

const writeCall: Node = (node, { placeholders, outputs }, attributes) => {
  node.text(1, CALL).text(2, 'PartitionedCall')
  placeholders.forEach((_, index) => node.text(3, index === 0 ? INPUTS : `${INPUTS}:${index}`))
  setAttribute(node, 'Tin', attributes.types(placeholders.map(({ dtype }) => dtype)))
  setAttribute(node, 'Tout', attributes.types(outputs.map(({ dtype }) => dtype)))
  setAttribute(node, 'f', attributes.call(FUNCTION))
  setAttribute(node, 'config_proto', attributes.bytes(configuration(placeholders)))
}

/**
 * ConfigProto.graph_options.rewrite_options. With one picture nothing is gained by simplifying. With several, memory is what
 * passes of the flow wait for, and a convolution with bias and ReLU in one passage through it is a fifth faster.
 */
function configuration(inputs: readonly Placeholder[]): Uint8Array {
  const pictures = Math.max(...inputs.map(({ shape }) => (shape.length === 4 ? (shape[0] ?? 1) : 1)))
  const config = new ProtobufWriter().message(10, (graph) =>
    graph.message(10, (rewriting) => {
      if (pictures > 1) rewriting.text(100, 'constfold').text(100, 'remap').varint(12, ONE_ITERATION)
      else rewriting.varint(19, 1) // disable_meta_optimizer
    }),
  )
  return Buffer.concat(config.finish())
}

const ONE_ITERATION = 1

const writeFunction: Node = (body, { placeholders, constants, operations, outputs }, attributes) => {
  const made = new Map(operations.map(({ name, op }) => [name, op]))
  const isInput = new Set(placeholders.map(({ name }) => name))
  const nameOf = ({ node, index }: Source) =>
    isInput.has(node) ? node : `${node}:${outputName(made.get(node) ?? 'Const')}:${index}`
  body.message(1, (signature) => {
    signature.text(1, FUNCTION)
    placeholders.forEach(({ name, dtype }) => signature.message(2, (input) => input.text(1, name).varint(3, dtype)))
    outputs.forEach(({ dtype }, i) => signature.message(3, (out) => out.text(1, outputArgument(i)).varint(3, dtype)))
  })
  for (const constant of constants)
    body.message(3, (node) => {
      node.text(1, constant.name).text(2, 'Const')
      setAttribute(node, 'dtype', attributes.type(constant.dtype))
      setAttribute(node, 'value', attributes.tensor(constant))
    })
  for (const { name, op, inputs, attributes: given } of operations)
    body.message(3, (node) => {
      node.text(1, name).text(2, op)
      inputs.forEach((input) => node.text(3, nameOf(input)))
      given.forEach((of) => setAttribute(node, of.name, attributes.given(of)))
    })
  outputs.forEach((source, i) => body.message(4, (entry) => entry.text(1, outputArgument(i)).text(2, nameOf(source))))
  setAttribute(body, '_noinline', attributes.flag(true))
  setAttribute(body, '_tf_data_function', attributes.flag(true))
}
