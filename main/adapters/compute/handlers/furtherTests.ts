import { SimpleBitsError, type FreshScore, type ModelName } from '../../../../contract'
import { namesWeights } from '../../../engine/audit'
import { randomisedAudit } from '../../../engine/explain'
import { giveWay } from '../giveWay'
import type { EngineContext, Handler } from '../handler'
import { modelsFor } from '../modelsFor'
import { classify } from './classify'

/** Tests an audit further: what a classifier says that never saw the search, and what a search without learned weights finds. */
export const furtherTests: Handler<'furtherTests'> = async (request, call) => {
  const { flow, classifier } = await modelsFor(request, [request.picture, request.simplified], call)
  const fresh = request.fresh ? await freshScoreOf(request.fresh, request, call).catch(nullIfCancelled) : null
  await giveWay()
  const { network } = classifier
  const randomised =
    request.randomise && namesWeights(network)
      ? await randomisedAudit(
          { flow: flow.flow, network, compiler: call.compiler, now: () => performance.now() },
          request,
          {
            onProgress: (progress) => call.emit({ kind: 'progress', progress }),
            signal: call.signal,
          },
        )
      : null
  return { ...(randomised ? { randomised: randomised.check } : {}), ...(fresh ? { fresh } : {}) }
}

/** Cancelled, the tests answer with what they have. */
function nullIfCancelled(error: unknown): null {
  if (SimpleBitsError.from(error).code === 'CANCELLED') return null
  throw error
}

async function freshScoreOf(
  model: ModelName,
  { picture, simplified }: { readonly picture: Uint8Array; readonly simplified: Uint8Array },
  context: EngineContext & { readonly signal: AbortSignal },
): Promise<FreshScore> {
  const pictures = new Uint8Array(picture.length + simplified.length)
  pictures.set(picture)
  pictures.set(simplified, picture.length)
  const call = { ...context, emit: () => undefined }
  const { rows, threshold } = await classify({ model, pictures, count: 2 }, call)
  const { name, sha256 } = await context.networks.network(model)
  const reading = (row: (typeof rows)[number] | undefined) => ({
    probability: row?.probability ?? NaN,
    decision: row?.decision ?? false,
  })
  return { model: { name, sha256 }, threshold, film: reading(rows[0]), simplified: reading(rows[1]) }
}
