import { REPORTED_DRAWS } from '../reportedDraws'
import type { RetentionLimits } from './choose'
import { activationMatch, gradientMatch, type MatchingObjective } from './objectives'
import type { PathSettings } from './path'

export interface AuditSettings {
  readonly path: PathSettings
  readonly limits: RetentionLimits
  /** Dequantisation noises behind every reported figure. */
  readonly noiseDraws: number
}

const SEARCH = {
  startShares: [0.3, 0.3, 0.5, 0.8],
  startNoise: 0.02,
  rate: 0.1,
  finalRate: 0.02,
  beta1: 0.9,
  beta2: 0.99,
  firstPressure: 0.5,
  lastPressure: 50,
  fading: 0.1,
  scoreEvery: 3,
} as const

/** The authors gate bits at a matching distance of 0.4; the film itself lies at about 0.2 from its own rectified contributions. */
const LIMITS: RetentionLimits = { probability: 0.05, distance: 0.4 }

/** How long to search. Figures behind the numbers: docs/results/audit-objectives.md. */
export const AUDIT_PRESETS: Readonly<Record<'quick' | 'standard' | 'thorough', AuditSettings>> = {
  quick: { path: { ...SEARCH, steps: 40 }, limits: LIMITS, noiseDraws: REPORTED_DRAWS },
  standard: { path: { ...SEARCH, steps: 120 }, limits: LIMITS, noiseDraws: REPORTED_DRAWS },
  thorough: { path: { ...SEARCH, steps: 300 }, limits: LIMITS, noiseDraws: REPORTED_DRAWS },
}

/** Weight of KL(f(x) ‖ f(x̃)) beside the activation distance. */
const ACTIVATION_KL_WEIGHT = 10
/** Eight equally spaced κ over the paper's [0.8, 0.95]. */
const KAPPAS = Array.from({ length: 8 }, (_, i) => 0.8 + (0.15 * (i + 0.5)) / 8)

const GRADIENT_WEIGHTS = { match: 1, kl: 10, klScaled: 1 }

/** The objective of that name with the settings of the product. */
export function matchingObjective(name: 'activation' | 'gradient'): MatchingObjective {
  if (name === 'activation') return activationMatch({ klWeight: ACTIVATION_KL_WEIGHT, slope: 'exact' })
  return gradientMatch({ kappas: KAPPAS, weights: GRADIENT_WEIGHTS })
}

/** Every number that shaped the run, for the record. */
export function settingsRecord(
  settings: AuditSettings,
  objective: 'activation' | 'gradient',
): Record<string, number | string | number[]> {
  const { startShares, ...path } = settings.path
  const { probability, distance } = settings.limits
  return {
    ...path,
    startShares: [...startShares],
    noiseDraws: settings.noiseDraws,
    limitProbability: probability,
    limitDistance: distance,
    ...(objective === 'activation' ? { klWeight: ACTIVATION_KL_WEIGHT } : { kappas: KAPPAS, ...GRADIENT_WEIGHTS }),
  }
}
