import { describe, expect, it } from 'vitest'
import {
  aucTable,
  calibrate,
  confounding,
  type ScoredFilm,
} from '../../../main/adapters/training/classifier/crossValidation'
import { FINDINGS } from '../../../main/adapters/trainingData/trainingFilm'
import { calibrated } from '../../../main/engine/metrics'
import { seededRng } from '../../../main/engine/rng'
import { trainingFilm } from '../../support/trainingFilms'

/** Films whose score rises with the finding, and on source `train` also with the source. */
function scored(count: number): ScoredFilm[] {
  const rng = seededRng(1)
  return Array.from({ length: count }, (_, i) => {
    const positive = rng.uniform() < 0.3
    const healthy = !positive && rng.uniform() < 0.6
    const split = i % 2 ? 'train' : 'test_hi'
    const film = trainingFilm({
      id: `f${i}`,
      seed: 0,
      grey: new Uint8Array(0),
      split,
      view: i % 3 ? 'PA' : 'AP',
      noFinding: healthy,
      leakRisk: split === 'train' ? null : 0,
      labels: FINDINGS.map((_name, k) => (k === 0 && positive ? 1 : 0)),
    })
    const logit = rng.normal() + (positive ? 1.5 : 0) + (split === 'train' ? 1 : 0)
    return { film, logit, ridge: rng.normal() }
  })
}
const films = scored(1200)
const table = aucTable(films, 1)
const row = (group: string, against: string) => {
  const found = table.find((line) => line.group === group && line.against === against)
  if (!found) throw new Error(`no row ${group} ${against}`)
  return found
}

describe('the cross-validation report', () => {
  it('counts effusions against no finding, and against everything else', () => {
    const positives = films.filter(({ film }) => film.labels[0] === 1).length
    const healthy = films.filter(({ film }) => film.noFinding).length
    expect(row('all', 'no finding')).toMatchObject({ positives, negatives: healthy })
    expect(row('all', 'all others')).toMatchObject({ positives, negatives: films.length - positives })
    expect(row('all', 'all others').ridge).toBeGreaterThan(0.44)
    expect(row('all', 'all others').ridge).toBeLessThan(0.56)
  })

  it('shows that a source added to the score lowers the AUC of the mixture, not that within a source', () => {
    const mixed = row('all', 'no finding')
    const within = row('source train', 'no finding')
    expect(within.auc).toBeGreaterThan(mixed.auc)
    expect(within.low).toBeLessThan(within.auc)
    expect(within.high).toBeGreaterThan(within.auc)
    expect(table.map(({ group }) => group)).not.toContain('source test64')
  })

  it('uncovers a score that reads the source, and acquits the view', () => {
    const { 'source train against the others': source, 'view AP against PA': view } = confounding(films)
    expect(source).toBeGreaterThan(0.7)
    expect(Math.abs((view ?? 0) - 0.5)).toBeLessThan(0.08)
  })

  it('calibrates so that the mean probability is the share of effusions', () => {
    const { calibration, prevalence, sensitivity, specificity, threshold } = calibrate(films)
    const mean = films.reduce((sum, { logit }) => sum + calibrated(logit, calibration), 0) / films.length
    expect(mean).toBeCloseTo(prevalence, 3)
    expect(sensitivity + specificity).toBeGreaterThan(1.3)
    expect(threshold).toBeGreaterThan(0)
    expect(threshold).toBeLessThan(1)
  })
})
