/** What an audit finds, in the words of contract/audit.ts (which this room may not import; a test holds them together). */
export interface PictureFigures {
  /** Mean over `noiseDraws` seeded dequantisation noises. */
  readonly bits: number
  readonly bpd: number
  readonly aboveFlat: number
  readonly probability: number
  /** Calibrated log-odds: probability = sigmoid(logit). */
  readonly logit: number
  readonly noiseDraws: number
}

export interface FilmFigures extends PictureFigures {
  /** Of the film itself: what all other matching distances of the audit are to be read beside. */
  readonly matchingDistance: number
}

interface Spread {
  readonly mean: number
  readonly sd: number
  readonly min: number
  readonly max: number
}

export interface PathPoint {
  readonly step: number
  readonly pressure: number
  readonly bits: number
  readonly bpd: number
  readonly aboveFlat: number
  readonly probability: number
  readonly matchingDistance: number
  readonly kl: number
  readonly decisionKept: boolean
  readonly seconds: number
  readonly frame: number
}

/** A stop of an audit's own search. */
export interface AuditPoint extends PathPoint {
  /** Share of the film's detail that is left, scale by scale (`DetailLeft.scales`). */
  readonly detail: number[]
}

export interface Rival {
  readonly kind: 'blur' | 'jpeg' | 'even'
  readonly setting: number | null
  readonly figures: PictureFigures
  readonly decisionKept: boolean
  readonly kl: number
  readonly matchingDistance: number
}

export interface Repeatability {
  readonly seeds: number[]
  readonly bits: Spread
  /** Further seeds whose counterpart has the film's decision under all of the certificate's noises. */
  readonly decisionsKept: number
  /** Lowest of any two counterparts, over the pixels that may change. */
  readonly pixelCorrelation: number
}

export interface Certificate {
  readonly decisionKept: boolean
  readonly noiseDraws: number
  readonly draws: { readonly kept: number; readonly of: number }
  readonly logitDifference: Spread
  readonly kl: Spread
  readonly activationDistance: Spread
  readonly gradientDistance: Spread | null
  readonly layers: { name: string; activationDistance: number; gradientDistance: number | null }[]
  readonly repeatability: Repeatability | null
}

export interface AuditOutcome {
  readonly objective: 'activation' | 'gradient'
  readonly preset: 'quick' | 'standard' | 'thorough'
  readonly seed: number
  readonly settings: Record<string, number | string | number[]>
  readonly flatBits: number
  readonly original: FilmFigures
  readonly simplified: PictureFigures & { readonly step: number; readonly pressure: number; readonly frame: number }
  readonly decisionKept: boolean
  readonly threshold: number
  readonly certificate: Certificate
  readonly rivals: Rival[]
  readonly path: AuditPoint[]
  /** Between which scales `AuditPoint.detail` tells apart, σ in pixels (`detailSigmas`). */
  readonly detailSigmas: number[]
  readonly stopped: 'finished' | 'cancelled'
  readonly firstUsableSeconds: number | null
  readonly seconds: number
  readonly warnings: string[]
}

/** Mean, standard deviation (n − 1: of a few draws or seeds among all that there could be; 0 of one) and extremes. */
export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)
  return { mean, sd: Math.sqrt(variance), min: Math.min(...values), max: Math.max(...values) }
}
