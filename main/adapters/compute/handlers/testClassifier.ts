import { SimpleBitsError } from '../../../../contract'
import { testOwnModel } from '../../../engine/own'
import { seededRng } from '../../../engine/rng'
import { ownPlan } from '../own'
import { giveWay } from '../giveWay'
import type { Handler } from '../handler'
import { toPictures } from '../pictures'

const SEED = 1

/** Tries a classifier of the user's on films, in plain words. */
export const testClassifier: Handler<'testClassifier'> = async ({ model, pictures, count, labels }, call) => {
  const startedAt = performance.now()
  const { own, name } = await call.networks.network(model)
  if (!own)
    throw new SimpleBitsError('BAD_REQUEST', `${name} comes with the product; “simplebits selfcheck” tests what does.`)
  const size = Math.round(Math.sqrt(pictures.length / count))
  if (size ** 2 * count !== pictures.length)
    throw new SimpleBitsError('BAD_REQUEST', `${pictures.length} levels are not ${count} square pictures.`)
  const films = toPictures(pictures, size, { start: 0, length: count })
  try {
    const found = await testOwnModel(own.model, {
      plan: ownPlan(own.manifest),
      films: { pictures: films, labels },
      rng: seededRng(SEED),
      giveWay,
    })
    return {
      ...found,
      checks: [...found.checks],
      backend: call.backend.name,
      seconds: (performance.now() - startedAt) / 1000,
    }
  } finally {
    films.dispose()
  }
}
