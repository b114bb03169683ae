import { checkAudit } from './audit'
import { checkCondensation } from './condensation'
import type { GoldenCheck } from './deviation'
import { checkGlow } from './glow'
import { checkOneStep } from './oneStep'
import { checkWrn } from './wrn'

/** The golden topics that this version computes. */
export const goldenChecks: Readonly<Record<string, GoldenCheck>> = {
  audit: checkAudit,
  condensation: checkCondensation,
  glow: checkGlow,
  'one-step': checkOneStep,
  wrn: checkWrn,
}

/** A set's name begins with its topic ("glow-affine-tiny" → "glow"), as its folder says too. */
export function topicOf(set: string): string {
  const known = Object.keys(goldenChecks).find((topic) => set.startsWith(`${topic}-`))
  return known ?? set.split('-')[0] ?? set
}
