import {
  explanation,
  furtherTests,
  type Counterfactual,
  type Explanation,
  type FurtherTests,
  type MethodName,
  type MethodRow,
} from '../../contract'

/** A row of the comparison with the given figures; checks that are left out were not asked for. */
export function exampleRow(
  method: MethodName,
  figures: { insertion: number; deletion: number; spearman?: number; repeatability?: number },
): MethodRow {
  const { insertion, deletion, spearman, repeatability = null } = figures
  return {
    ...{ method, insertion, deletion, insertionCurve: [0, 1], deletionCurve: [1, 0], seconds: 1, repeatability },
    randomised: spearman === undefined ? null : { spearman, ssim: spearman },
  }
}

export const EXAMPLE_ROWS: readonly MethodRow[] = [
  exampleRow('gradCam', { insertion: 0.3, deletion: 0.27, spearman: -0.4, repeatability: 1 }),
  exampleRow('integratedGradients', { insertion: 0.88, deletion: 0.09, spearman: 0.02, repeatability: 0.999 }),
  exampleRow('keptBits', { insertion: 0.45, deletion: 0.38 }),
  exampleRow('originalBits', { insertion: 0.39, deletion: 0.28, spearman: 1, repeatability: 0.98 }),
  exampleRow('random', { insertion: 0.36, deletion: 0.41 }),
]

export function exampleExplanation(stopped: Explanation['stopped'] = 'finished'): Explanation {
  const map = new Float32Array(128 * 128).fill(0.001)
  return explanation.parse({
    ...{ decision: true, rows: [...EXAMPLE_ROWS], stopped, seconds: 12 },
    maps: [{ method: 'gradCam', map }],
  })
}

export function exampleTests(changes: Partial<FurtherTests> = {}): FurtherTests {
  return furtherTests.parse({
    randomised: {
      seed: 7,
      shuffled: { pixelCorrelation: 0.71, mapCorrelation: 0.31, detailCorrelation: 0.55 },
      own: { pixelCorrelation: 0.93, mapCorrelation: 0.62, detailCorrelation: 0.97 },
      ...{ shuffledDistance: 0.81, ownDistance: 0.29, decisionKept: false, seconds: 40 },
    },
    fresh: {
      model: { name: 'effusion-128-b', sha256: 'c'.repeat(64) },
      threshold: 0.4,
      film: { probability: 0.66, decision: true },
      simplified: { probability: 0.51, decision: true },
    },
    ...changes,
  })
}

export function exampleStop(bits: number, probability: number): NonNullable<Counterfactual['lastKept']> {
  return {
    point: {
      ...{ step: 3, pressure: 30, bits, bpd: 1, aboveFlat: 0.1, probability, matchingDistance: 0.5, kl: 0.1 },
      ...{ decisionKept: probability >= 0.5, seconds: 1, frame: 3 },
    },
    picture: new Uint8Array(128 * 128),
    map: new Float32Array(128 * 128),
    draws: { kept: probability >= 0.5 ? 8 : 0, of: 8 },
  }
}

export function exampleCounterfactual(changes: Partial<Counterfactual> = {}): Counterfactual {
  const lastKept = exampleStop(20_000, 0.52)
  const firstFlipped = exampleStop(19_000, 0.47)
  return {
    ...{ lastKept, firstFlipped, points: [lastKept.point, firstFlipped.point], faded: false },
    ...{ settings: { stages: 9 }, stopped: 'finished', seconds: 20 },
    ...changes,
  }
}
