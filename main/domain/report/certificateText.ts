import type { AuditRecord, Rival, Spread } from '../../../contract'
import type { CaseReport, RivalLine, SpreadFact } from './caseReport'
import { decisionText, isKept } from './findings'
import { decimalText, percentText, probabilityText, ratioText } from './numbers'

/** The retention certificate in plain words, then its numbers. */
export function certificateText(record: AuditRecord): CaseReport['certificate'] {
  const { certificate } = record
  const { draws, repeatability } = certificate
  const sentences = [
    draws.kept === draws.of
      ? `The decision was the same under all ${draws.of} noise draws.`
      : `The decision was the same under only ${draws.kept} of ${draws.of} noise draws.`,
    repeatability === null
      ? 'The audit was not repeated from other seeds.'
      : `Repeated from ${repeatability.seeds.length} seeds in all, ${repeatability.decisionsKept} kept the decision; the least alike two pictures correlate at ${decimalText(repeatability.pixelCorrelation, 2)}.`,
  ]
  const { gradientDistance } = certificate
  const facts = [
    spreadFact('Difference in logit', certificate.logitDifference),
    spreadFact('Difference of decision, KL, nats', certificate.kl),
    spreadFact('Activation distance', certificate.activationDistance),
    ...(gradientDistance === null ? [] : [spreadFact('Gradient distance', gradientDistance)]),
    ...(repeatability === null ? [] : [spreadFact('Bits over the seeds', repeatability.bits, 0)]),
  ]
  const layers = certificate.layers.map(({ name, activationDistance }) => ({ name, distance: activationDistance }))
  return { sentences, facts, layers }
}

function spreadFact(label: string, spread: Spread, digits = 3): SpreadFact {
  const text = (value: number) => decimalText(value, digits)
  return {
    label,
    meanAndSd: `${text(spread.mean)} ± ${text(spread.sd)}`,
    range: `${text(spread.min)} to ${text(spread.max)}`,
  }
}

/** Matching distance of the chosen stop; the certificate's mean where the way does not hold that step. */
export function auditDistance(record: AuditRecord): number {
  const stop = record.path.find((point) => point.step === record.simplified.step)
  return stop?.matchingDistance ?? record.certificate.activationDistance.mean
}

/** The audit's own line, then what plain processing of about the same bits would have done. */
export function rivalLines(record: AuditRecord): RivalLine[] {
  const own = auditDistance(record)
  const chosen = record.path.find((point) => point.step === record.simplified.step)
  const line = (name: string, rival: Omit<Rival, 'kind' | 'setting'>): RivalLine => ({
    name,
    bitsLeft: percentText(rival.figures.bits / record.original.bits),
    aboveFlat: percentText(rival.figures.aboveFlat),
    decision: decisionText(rival.figures.probability, record.threshold),
    probability: probabilityText(rival.figures.probability),
    kl: decimalText(rival.kl),
    matchingDistance: decimalText(rival.matchingDistance),
    ratio: ratioText(rival.matchingDistance, own),
    kept: rival.decisionKept,
  })
  const audit = line('This audit', {
    figures: record.simplified,
    decisionKept: isKept(record),
    kl: chosen?.kl ?? record.certificate.kl.mean,
    matchingDistance: own,
  })
  return [audit, ...record.rivals.map((rival) => line(rivalName(rival), rival))]
}

function rivalName({ kind, setting }: Rival): string {
  if (kind === 'blur') return `Blur, ${decimalText(setting, 1)} pixels`
  if (kind === 'jpeg') return `JPEG, quality ${decimalText(setting, 0)}`
  return `Starting picture, ${percentText(setting)} of the way`
}
