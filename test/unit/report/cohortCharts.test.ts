import { expect, it } from 'vitest'
import { BUNDLED_CLASSIFIER, NO_COHORT_FILTER, sha256 } from '../../../contract'
import { reliabilitySvg, rocSvg } from '../../../main/adapters/report/cohortCharts'
import { cohortAuc } from '../../../main/app/cohort'
import { cohortAtThreshold, cohortOverview, ratedFilms } from '../../../main/domain/cohort'
import { cohortFilms } from '../../support/cohortFilms'

/** With the room for words, 100 × 100 are left for the chart: from (30, 116), where both shares are 0, to (130, 16). */
const SIZE = { width: 138, height: 142 }

/** By hand: at 0.5 one effusion of two is found, three of four films without one are left. */
const SIX = cohortFilms([
  [true, 0.9],
  [true, 0.2],
  [false, 0.8],
  [false, 0.1],
  [false, 0.1],
  [false, 0.1],
])
const classifier = { name: BUNDLED_CLASSIFIER, sha256: sha256.parse('a'.repeat(64)) }
const overview = await cohortOverview(SIX, { filter: NO_COHORT_FILTER, classifier, threshold: 0.5, auc: cohortAuc })
const curves = { ...overview, at: cohortAtThreshold(ratedFilms(SIX), 0.5) }

it('the ROC curve marks 1 − specificity to the right and sensitivity upwards', () => {
  const svg = rocSvg(curves, SIZE)
  // specificity 75 %, sensitivity 50 %
  expect(svg).toContain('<circle cx="55" cy="66"')
  expect(svg).toContain('M30 116L30 66L55 66L55 16L130 16')
})

it('the reliability chart sets the labelled share over the mean probability', () => {
  const svg = reliabilitySvg(curves, SIZE)
  // films of 0.9, one of one labelled effusion; of 0.1, none of three
  expect(svg).toContain('<circle cx="120" cy="16"')
  expect(svg).toContain('<circle cx="40" cy="116"')
})
