import { SimpleBitsError } from '../../../../contract'
import { auditPicture, namesWeights, type JpegRoundTrip } from '../../../engine/audit'
import { guessedLevels } from '../../../engine/instant'
import { loadJpegRoundTrip } from '../../codec'
import type { EngineContext, Handler } from '../handler'
import { modelsFor } from '../modelsFor'
import { toPictures } from '../pictures'
import type { ReadyFlow } from '../readyModels'
import { ownNoteOf, requireGradient, type ReadyNetwork } from '../readyNetworks'
import { simplifierFor } from '../simplifierFor'

/** The audit of one film; cancelled, it answers with what it has. */
export const audit: Handler<'audit'> = async (request, call) => {
  const { flow, classifier, size } = await modelsFor(request, [request.picture], call)
  refuseUnsuitable(classifier, request, size)
  const own = ownNoteOf(classifier, size)
  const found = await auditPicture(
    {
      flow: flow.flow,
      network: classifier.network,
      jpeg: await jpegOfSize(size),
      compiler: call.compiler,
      now: () => performance.now(),
    },
    {
      ...request,
      filmLevels: request.picture,
      guess: request.start === 'estimate' ? await estimateOf(request, { flow, classifier }, call) : null,
    },
    { onEvent: call.emit, signal: call.signal },
  )
  return {
    ...found,
    model: { name: classifier.name, sha256: classifier.sha256 },
    ...(own ? { own } : {}),
    flow: { name: flow.name, sha256: flow.sha256 },
    backend: call.backend.name,
    versions: { node: process.versions.node, ...call.backend.versions, execution: call.compiler.describe() },
  }
}

/** The instant estimate's levels to start from; null where this installation has none for these models. */
async function estimateOf(
  { picture }: { readonly picture: Uint8Array },
  models: { readonly flow: ReadyFlow; readonly classifier: ReadyNetwork },
  { ready }: EngineContext,
): Promise<Uint8Array | null> {
  const simplifier = await simplifierFor(models, ready)
  if (!simplifier) return null
  const film = toPictures(picture, simplifier.file.config.size, { start: 0, length: 1 })
  const levels = guessedLevels(simplifier, film)
  film.dispose()
  return levels
}

/** @throws SimpleBitsError BAD_REQUEST, MODEL_UNSUITABLE */
function refuseUnsuitable(
  classifier: ReadyNetwork,
  { objective, picture }: { readonly objective: string; readonly picture: Uint8Array },
  size: number,
): void {
  if (objective === 'gradient' && !namesWeights(classifier.network))
    throw new SimpleBitsError(
      'BAD_REQUEST',
      `The gradient match runs a classifier with other weights, which cannot be done with one of your own (${classifier.name}). Choose the activation match.`,
    )
  const film = toPictures(picture, size, { start: 0, length: 1 })
  try {
    requireGradient(classifier, film)
  } finally {
    film.dispose()
  }
}

async function jpegOfSize(size: number): Promise<JpegRoundTrip> {
  const roundTrip = await loadJpegRoundTrip()
  return (levels, quality) => roundTrip(levels, { width: size, height: size }, quality).pixels
}
