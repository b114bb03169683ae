import type { StoredFinding } from '../../../contract'

/** Who has given a finding, each once, in the order in which they first did. */
export function readersWhoGave(findings: readonly StoredFinding[]): string[] {
  return [...new Set(findings.filter(({ state }) => state === 'given').map(({ reader }) => reader))]
}
