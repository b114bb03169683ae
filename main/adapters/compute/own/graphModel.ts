import * as tf from '@tensorflow/tfjs-core'
import type { GraphModel } from '@tensorflow/tfjs'
import { z } from 'zod'
import type { OwnModel } from '../../../engine/own'
import { Taps, type TappedLayer } from './taps'

/** Operation that stands before every layer of a tapped graph. */
const TAP = 'SimpleBitsTap'
/** Operations whose second input is a kernel. */
const WITH_KERNEL: ReadonlySet<string> = new Set([
  'Conv2D',
  '_FusedConv2D',
  'FusedConv2D',
  'DepthwiseConv2dNative',
  'FusedDepthwiseConv2dNative',
  'MatMul',
  '_FusedMatMul',
])

const graphNode = z.looseObject({ name: z.string(), op: z.string(), input: z.array(z.string()).optional() })
const topology = z.looseObject({ node: z.array(graphNode) })
type Node = z.infer<typeof graphNode>

/** A graph with a tap before each layer, to be loaded in place of the original; what it computes is the same. */
interface TappedGraph {
  readonly artifacts: tf.io.ModelArtifacts
  readonly layers: readonly TappedLayer[]
}

/** Puts a tap node between each layer with a stored kernel and the node that feeds it. */
export function tapGraph(artifacts: tf.io.ModelArtifacts): TappedGraph {
  const graph = topology.parse(artifacts.modelTopology)
  const sizes = new Map(artifacts.weightSpecs?.map(({ name, shape }) => [name, shape.reduce((a, b) => a * b, 1)]))
  const layers: TappedLayer[] = []
  const node = graph.node.flatMap((each): Node[] => {
    const [data, kernel, ...others] = each.input ?? []
    const parameters = sizes.get(kernel ?? '')
    if (!WITH_KERNEL.has(each.op) || data === undefined || kernel === undefined || parameters === undefined)
      return [each]
    const place = layers.length
    const extra = others.reduce((sum, input) => sum + (sizes.get(input) ?? 0), 0)
    layers.push({ name: each.name, parameters: parameters + extra })
    const tap = `${TAP}/${place}`
    return [
      { name: tap, op: TAP, input: [data], attr: { place: { i: place } } },
      { ...each, input: [tap, kernel, ...others] },
    ]
  })
  return { artifacts: { ...artifacts, modelTopology: { ...graph, node } }, layers }
}

/** One model runs at a time: nothing in here waits. */
let running: { readonly taps: Taps; readonly layers: readonly TappedLayer[] } | null = null

/** Teaches TensorFlow.js the tap; again for nothing. */
export function registerTap(registerOp: typeof import('@tensorflow/tfjs').registerOp): void {
  registerOp(TAP, ({ inputs, attrs }) => {
    const [x] = inputs
    const layer = running?.layers[Number(attrs['place'])]
    if (!x) throw new Error('a tap without input')
    return running && layer ? running.taps.enter(layer, x) : tf.clone(x)
  })
}

/** @param output name of the output node */
export function tappedGraphModel(
  model: GraphModel,
  { layers, input, output }: { layers: readonly TappedLayer[]; input: string; output: string },
): OwnModel {
  const taps = new Taps()
  return {
    get layers() {
      return taps.layers()
    },
    run(x, offsets) {
      running = { taps, layers }
      try {
        return taps.during(() => {
          const found = model.execute({ [input]: x }, output)
          return Array.isArray(found) ? (found[0] ?? x) : found
        }, offsets)
      } finally {
        running = null
      }
    },
    dispose: () => model.dispose(),
  }
}
