import * as tf from '@tensorflow/tfjs-core'
import { SimpleBitsError, type ModelName, type OwnManifest, type OwnNote, type Sha256 } from '../../../contract'
import { auditedClassifier, type AuditedNetwork } from '../../engine/audit'
import { ownNetwork, whyNoGradient, type OwnModel } from '../../engine/own'
import type { OwnClassifierStore } from '../../ports'
import type { EngineContext } from './handler'
import { ownPlan, loadOwnModel } from './own'
import type { ReadyModels, ReadyClassifier } from './readyModels'

/** A classifier ready to be asked and audited, whoever made it. */
export interface ReadyNetwork {
  readonly name: ModelName
  readonly sha256: Sha256
  readonly network: AuditedNetwork
  /** Calibrated probability at and above which the finding is said to be present. */
  readonly threshold: number
  /** Side of the pictures that it takes; null where it resamples whatever it gets. */
  readonly size: number | null
  /** Null for the bundled ones. */
  readonly own: { readonly model: OwnModel; readonly manifest: OwnManifest } | null
}

export interface ReadyNetworks {
  /** @throws SimpleBitsError MODEL_NOT_FOUND, MODEL_CORRUPT, BAD_REQUEST where the name is no classifier */
  network(name: ModelName): Promise<ReadyNetwork>
}

/**
 * Classifiers as an audit sees them, each loaded once and kept. One of the user's that was exchanged is loaded anew; what was
 * loaded of one that was exchanged or removed is freed.
 */
export function createReadyNetworks(
  models: ReadyModels,
  own: OwnClassifierStore,
  use: Pick<EngineContext, 'compiler' | 'traffic'>,
): ReadyNetworks {
  const loaded = new Map<ModelName, { readonly sha256: Sha256; readonly ready: Promise<ReadyNetwork> }>()
  const bundled = bundledNetworks(models)
  const forget = (name: ModelName) => {
    const known = loaded.get(name)
    loaded.delete(name)
    if (known) void freeUnused(known.ready, use)
  }
  return {
    async network(name) {
      for (const known of [...loaded.keys()]) if (!(await own.has(known))) forget(known)
      if (!(await own.has(name))) return bundled(name)
      const { sha256 } = await own.describe(name)
      const known = loaded.get(name)
      if (known?.sha256 === sha256) return known.ready
      forget(name)
      const ready = loadOwn(name, own)
      loaded.set(name, { sha256, ready })
      ready.catch(() => loaded.delete(name))
      return ready
    },
  }
}

/** Calls that were given it may still be under way: it is freed when none is. */
async function freeUnused(
  ready: Promise<ReadyNetwork>,
  { compiler, traffic }: Pick<EngineContext, 'compiler' | 'traffic'>,
): Promise<void> {
  const found = await ready.catch(() => null)
  if (!found) return
  await traffic.quiet()
  compiler.release(found.network)
  found.own?.model.dispose()
}

/** The same network each time: graphs are kept by it. */
function bundledNetworks(models: ReadyModels): ReadyNetworks['network'] {
  const known = new WeakMap<ReadyClassifier, ReadyNetwork>()
  return async (name) => {
    const classifier = await models.classifier(name)
    const ready = known.get(classifier) ?? networkOf(classifier)
    known.set(classifier, ready)
    return ready
  }
}

function networkOf({ name, sha256, file, net, frozen }: ReadyClassifier): ReadyNetwork {
  const network = auditedClassifier(net, frozen, file)
  return { name, sha256, network, threshold: file.threshold, size: file.config.size, own: null }
}

async function loadOwn(name: ModelName, store: OwnClassifierStore): Promise<ReadyNetwork> {
  const loaded = await store.load(name)
  const { manifest, sha256 } = loaded
  const model = await loadOwnModel(loaded)
  const network = ownNetwork(model, ownPlan(manifest))
  return { name, sha256, network, threshold: manifest.threshold, size: null, own: { model, manifest } }
}

/**
 * A classifier of the user's can be loaded and yet have no gradient: asked on one film before an audit begins.
 * @throws SimpleBitsError MODEL_UNSUITABLE in plain words
 */
export function requireGradient({ name, network, own }: ReadyNetwork, film: tf.Tensor4D): void {
  if (!own) return
  const refuse = (why: string) =>
    new SimpleBitsError('MODEL_UNSUITABLE', `The classifier ${name} cannot be audited on this film. ${why}`)
  let largest: number
  try {
    const size = tf.tidy(() => tf.max(tf.abs(tf.grad((x) => tf.sum(network.run(x as tf.Tensor4D).logits))(film))))
    largest = size.dataSync()[0] ?? NaN
    size.dispose()
  } catch (error) {
    throw refuse(whyNoGradient(error))
  }
  if (!Number.isFinite(largest)) throw refuse('Its gradient is not finite.')
  if (largest === 0) throw refuse('Its output is saturated: no gradient is left, so no search can be led by it.')
}

/** What a record says of a classifier of the user's. */
export function ownNoteOf({ network, own }: ReadyNetwork, size: number): OwnNote | undefined {
  if (!own) return undefined
  const { format, input, licence, source } = own.manifest
  const { layers } = network
  return { format, input, licence, source, layers: layers.length, resampling: resamplingWords(input, size) }
}

function resamplingWords({ height, width }: OwnManifest['input'], size: number): string {
  const bits = `The bits are those of the flow at ${size} × ${size} pixels.`
  if (height === size && width === size) return `${bits} The classifier sees the same pixels.`
  const seen = `The classifier sees this picture`
  if (height >= size && width >= size)
    return `${bits} ${seen} enlarged to ${width} × ${height} (triangle filter): it gets no finer detail than ${size} pixels hold.`
  const how = height <= size && width <= size ? 'reduced' : 'resampled'
  return `${bits} ${seen} ${how} to ${width} × ${height} (triangle filter).`
}
