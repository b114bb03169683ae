import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { hashOf } from '../../../main/adapters/files'
import { gatherPredictions } from '../../../main/adapters/training/classifier/gatherPredictions'
import { keepFold, keptFold, runFold } from '../../../main/adapters/training/classifier/foldPredictions'
import { splitFilms } from '../../../main/adapters/training/classifier/runTrainClassifier'
import { classifierTrainingConfig } from '../../../main/adapters/training/classifier/trainingConfig'
import { FINDINGS } from '../../../main/adapters/trainingData/trainingFilm'
import { temporaryFolder } from '../../support/temporaryFolder'
import { trainingFilm } from '../../support/trainingFilms'

const config = classifierTrainingConfig.parse({
  ...{ name: 'tiny', seed: 3, steps: 16, batch: 4, rate: 0.002, warmUp: 2, floor: 0.1, weightDecay: 0.01, clip: 5 },
  net: { size: 128, channels: 1, width: 4, blocks: [1], activation: 'elu', heads: ['Effusion'] },
  ...{ averageDecay: 0.9, otherHeads: 0.15, teacher: 0.5, positives: 0.4, mixUp: 0.3 },
  augment: { shift: 0.05, scale: 0.1, rotation: 5, flip: 0.5, gamma: 0.2 },
  letterbox: { chance: 0.5, fromShare: 0.5 },
  folds: { count: 2, seed: 1, held: null },
  ...{ checkpointEvery: 2, logEvery: 1 },
})
const films = Array.from({ length: 10 }, (_, i) =>
  trainingFilm({ id: `film${i}`, seed: i, labels: FINDINGS.map(() => (i % 2 ? 1 : 0)) }),
)
const heldOutOf = (fold: number) => splitFilms(films, { ...config, folds: { ...config.folds, held: fold } }).heldOut
const LOGITS = [-1.234_567_89, 0.234_567_89]
const NO_GREY = new Uint8Array(0)
const data = [{ name: 'manifest.csv', sha256: hashOf('labels'), use: 'labels' }]

describe('the predictions of a classifier’s folds', () => {
  let runs: string
  let kept: { folder: string; config: typeof config; data: typeof data }
  beforeEach(() => {
    const root = temporaryFolder()
    runs = join(root, 'runs')
    kept = { folder: join(root, 'predictions'), config, data }
    for (const fold of [0, 1]) {
      mkdirSync(join(runs, `fold${fold}`), { recursive: true })
      const rows = heldOutOf(fold).map(({ id }, i) => ({ id, logits: [LOGITS[i] ?? i, 0.5] }))
      writeFileSync(join(runs, `fold${fold}`, 'predictions.json'), JSON.stringify({ step: 8 + fold, rows }))
    }
  })
  const forget = (fold: number) => rmSync(join(runs, `fold${fold}`), { recursive: true })
  const first = { fold: 0, heldOut: heldOutOf(0) }
  const keepFirst = () => keepFold(kept, first, { fold: 0, steps: 8, logits: first.heldOut.map((_, i) => i / 3) })

  it('are kept, and stand for a run that is gone; without either there is nothing to gather', async () => {
    const whole = await gatherPredictions(films, { runs, kept })
    expect(whole.folds).toEqual([
      { fold: 0, steps: 8 },
      { fold: 1, steps: 9 },
    ])
    expect(whole.scored.map(({ logit }) => logit).slice(0, 2)).toEqual(LOGITS)
    expect(readdirSync(kept.folder)).toEqual(['fold0.json', 'fold1.json'])
    forget(0)
    const later = await gatherPredictions(films, { runs, kept })
    expect(later.folds).toEqual(whole.folds)
    expect(later.scored.map(({ film }) => film.id)).toEqual(whole.scored.map(({ film }) => film.id))
    expect(later.scored.map(({ logit }) => logit).slice(0, 2)).toEqual([-1.234_57, 0.234_57])
    later.scored.forEach(({ ridge }, i) => expect(ridge).toBe(whole.scored[i]?.ridge))

    forget(1)
    const nowhere = { runs, kept: { ...kept, folder: join(runs, 'nowhere') } }
    await expect(gatherPredictions(films, nowhere)).rejects.toMatchObject({ code: 'DATA_MISSING' })
  })

  it('are the same fold’s where it is saved and told of at another pace, or the shipped weights are trained longer', async () => {
    await keepFirst()
    const told = { ...kept, config: { ...config, steps: 99, checkpointEvery: 7, logEvery: 7 } }
    expect(await keptFold(told, first)).toMatchObject({ fold: 0, steps: 8 })
  })

  const refused = (other: string) => ({
    code: 'BAD_REQUEST',
    message: `The predictions of fold 0 belong to other ${other}; train it again.`,
  })
  const fewer = first.heldOut.slice(1)
  const strange = first.heldOut.map((film) => ({ ...film, id: `${film.id}b` }))

  it.each([
    ['strange', strange],
    ['fewer', fewer],
  ])('are refused where the fold holds out %s films', async (_, heldOut) => {
    await keepFirst()
    await expect(keptFold(kept, { fold: 0, heldOut })).rejects.toMatchObject(refused('films'))
    await expect(runFold(runs, { fold: 0, heldOut })).rejects.toMatchObject(refused('films'))
  })

  it('are refused where they were kept by another recipe or from other data', async () => {
    await keepFirst()
    const recipe = { ...kept, config: { ...config, rate: 0.1 } }
    await expect(keptFold(recipe, first)).rejects.toMatchObject(refused('settings'))
    const relabelled = { ...kept, data: data.map((file) => ({ ...file, sha256: hashOf('other labels') })) }
    await expect(keptFold(relabelled, first)).rejects.toMatchObject(refused('data'))
  })

  it('are small: those of 900 films take less than 30 KB', async () => {
    const heldOut = Array.from({ length: 900 }, (_, i) =>
      trainingFilm({ id: `nih_${10_000_000 + i}_000`, seed: 0, grey: NO_GREY }),
    )
    const logits = heldOut.map((_, i) => -Math.PI * (i % 7))
    await keepFold(kept, { fold: 0, heldOut }, { fold: 0, steps: 4000, logits })
    expect(statSync(join(kept.folder, 'fold0.json')).size).toBeLessThan(30_000)
  })
})
