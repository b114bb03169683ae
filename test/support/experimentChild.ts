import '@tensorflow/tfjs-node-gpu'
import { runExperiment } from '../../main/adapters/training/experiment'
import { createGraphCompiler } from '../../main/adapters/compute/graph'
import { untrainedFlow } from './untrainedFlow'

/** Runs an experiment in a process of its own, so that it can be killed: `tsx experimentChild.ts '{…request}'`. */
const request = JSON.parse(process.argv[2] ?? '') as { experiment: unknown; data: string; out: string; resume: boolean }
const models = untrainedFlow({ size: 32, channels: 3, levels: 2, steps: 1, hidden: 4, coupling: 'affine' })
const backend = { name: 'tensorflow', versions: {} } as const
const { signal } = new AbortController()
await runExperiment(request, {
  ...{ models, backend, signal, compiler: createGraphCompiler({ note: (message) => console.error(message) }) },
  emit: (event) => event.kind === 'point' && console.log(`${event.point.cell} ${event.point.step}`),
})
