import { checkAudit } from './audit'
import { checkCondensation } from './condensation'
import type { GoldenCheck } from './deviation'
import { checkGlow } from './glow'
import { checkWrn } from './wrn'

/** The golden topics that this version computes. */
export const goldenChecks: Readonly<Record<string, GoldenCheck>> = {
  audit: checkAudit,
  condensation: checkCondensation,
  glow: checkGlow,
  wrn: checkWrn,
}

/** A set's topic is the first word of its name ("glow-affine-tiny" → "glow"), as its folder says too. */
export function topicOf(set: string): string {
  return set.split('-')[0] ?? set
}
