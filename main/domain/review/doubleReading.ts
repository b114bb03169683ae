import type { CaseFindings, Finding, ModelAnswer, StoredFinding } from '../../../contract'

/** Who has given a finding, each once, in the order in which they first did. */
export function readersWhoGave(findings: readonly StoredFinding[]): string[] {
  return [...new Set(findings.filter(({ state }) => state === 'given').map(({ reader }) => reader))]
}

/** What a reader may know: all that is their own, and what others gave only once they have given theirs. */
export function visibleTo(reader: string, findings: readonly StoredFinding[]): CaseFindings {
  const own = withoutIdleDraft(findings.filter((one) => one.reader === reader))
  const hasGiven = own.some(({ state }) => state === 'given')
  const others = readersWhoGave(findings).filter((name) => name !== reader)
  return {
    own,
    others: others.map((name) => ({
      reader: name,
      findings: hasGiven ? findings.filter((one) => one.reader === name && one.state === 'given') : null,
    })),
  }
}

/** A draft that says again what was given is none: every change in it was undone. */
function withoutIdleDraft(own: readonly StoredFinding[]): StoredFinding[] {
  const last = own.at(-1)
  const given = own.filter(({ state }) => state === 'given').at(-1)
  const isIdle = last?.state === 'draft' && given !== undefined && saysTheSame(last, given)
  return isIdle ? own.slice(0, -1) : [...own]
}

/** Each reader's word as it stands: the last given finding, in the order of the readers' first. */
export function currentFindings(findings: readonly StoredFinding[]): StoredFinding[] {
  return readersWhoGave(findings).flatMap(
    (reader) => findings.filter((one) => one.reader === reader && one.state === 'given').at(-1) ?? [],
  )
}

/**
 * The record that a reader's writing goes into: their draft where there is one, else a new one. A given finding is never
 * written over, so that what was said earlier stays.
 */
export function nextVersion(findings: readonly StoredFinding[], version: Omit<StoredFinding, 'number'>): StoredFinding {
  const draft = findings.find(({ reader, state }) => reader === version.reader && state === 'draft')
  const last = Math.max(0, ...findings.map(({ number }) => number))
  return { number: draft?.number ?? last + 1, ...version }
}

/** True where two findings say the same; reasons count without their order. */
export function isSameFinding(a: Finding, b: Finding): boolean {
  const { effusion, size, agrees, text } = a
  const reasons = (one: Finding) => [...one.reasons].sort().join()
  return (
    effusion === b.effusion && size === b.size && agrees === b.agrees && text === b.text && reasons(a) === reasons(b)
  )
}

/** Whether two versions say the same about the same classifier. */
export function saysTheSame(a: Version, b: Version): boolean {
  const isSameAnswer = a.about?.sha256 === b.about?.sha256 && a.about?.threshold === b.about?.threshold
  return isSameFinding(a.finding, b.finding) && isSameAnswer
}

type Version = Pick<StoredFinding, 'finding' | 'about'>

/**
 * What a reader's agreement is about. One that stands unchanged stays about what the model said when it was given, also where
 * another classifier decides by now; a new one is about what the model says now.
 *
 * @param before the reader's version before this one
 * @param now null where nobody was asked
 */
export function aboutOf(
  { agrees }: Finding,
  { before, now }: { readonly before: Version | undefined; readonly now: ModelAnswer | null },
): ModelAnswer | undefined {
  if (agrees === null) return undefined
  return before?.finding.agrees === agrees ? before.about : (now ?? undefined)
}

/**
 * Whether a reader's last finding may become a draft again: it was just given, and no other reader's finding has been shown
 * for it. Otherwise a reader could look at the other's answer and then begin anew without a trace.
 */
export function canTakeBack(reader: string, findings: readonly StoredFinding[]): boolean {
  const last = findings.filter((one) => one.reader === reader).at(-1)
  return last?.state === 'given' && readersWhoGave(findings).every((name) => name === reader)
}

/** What goes into a report that `reader` makes: their own as it stands, a draft too, and what others gave where it shows. */
export function forReport(reader: string, findings: readonly StoredFinding[]): StoredFinding[] {
  if (reader === '') return currentFindings(findings)
  const { own, others } = visibleTo(reader, findings)
  return [own.at(-1), ...others.map((other) => other.findings?.at(-1))].filter((one) => one !== undefined)
}
