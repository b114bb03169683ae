import type { PackageClassifierRequest } from '../adapters/training/classifier'
import type { PackageFlowRequest } from '../adapters/training/flow'
import type { PackageSimplifierRequest } from '../adapters/training/simplifier'
import { createModelStore, modelRoots } from '../adapters/weights'

/** Makes a classifier's model folder from finished runs. In this process: it is a developer's command and needs no queue. */
export async function packageTrainedClassifier(request: PackageClassifierRequest) {
  const [{ packageClassifier }, { loadBackend }] = await Promise.all([
    import('../adapters/training/classifier'),
    import('../adapters/compute'),
  ])
  await loadBackend('auto')
  return packageClassifier(request)
}

/** Makes a flow's model folder from a training run. */
export async function packageTrainedFlow(request: PackageFlowRequest) {
  const [{ packageFlow }, { loadBackend }] = await Promise.all([
    import('../adapters/training/flow'),
    import('../adapters/compute'),
  ])
  await loadBackend('auto')
  return packageFlow(request)
}

/** Makes a simplifier's model folder from a training run. */
export async function packageTrainedSimplifier(request: Omit<PackageSimplifierRequest, 'models'>) {
  const { packageSimplifier } = await import('../adapters/training/simplifier')
  return packageSimplifier({ ...request, models: createModelStore(modelRoots(process.env)) })
}
