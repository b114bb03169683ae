import type { AuditRecord } from '../audit'

/**
 * How a matching distance is to be read, for inside a sentence: beside the film's own, which is not 0.
 *
 * @param own the film's distance from itself; undefined where the audit did not measure it (earlier versions)
 * @param digits after the point, as in the figures beside it
 */
export function filmDistanceWords(own: number | undefined, digits = 2): string {
  return own === undefined
    ? 'the film itself does not lie at 0 either, but where was not measured in this audit'
    : `the film itself lies at ${own.toFixed(digits)}; the smaller the difference to that, the nearer`
}

/** The film's own activation distance; undefined where the audit matched, and measured the film, by gradients. */
export function filmActivationDistance({
  objective,
  original,
}: Pick<AuditRecord, 'objective' | 'original'>): number | undefined {
  return objective === 'activation' ? original.matchingDistance : undefined
}
