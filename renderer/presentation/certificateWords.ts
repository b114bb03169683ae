import type { AuditRecord } from '../../contract'
import { filmActivationDistance, filmDistanceWords, limitWords } from '../../contract/shared'
import { figure, percent } from './words'

/** The certificate in sentences, the most important one first. */
export function certificateSentences(
  audit: Pick<AuditRecord, 'certificate' | 'objective' | 'original' | 'settings'>,
): string[] {
  const { draws, logitDifference, kl, activationDistance, repeatability } = audit.certificate
  const all = draws.kept === draws.of
  const sentences = [
    `${all ? 'Same decision' : 'The same decision only'} in ${draws.kept} of ${draws.of} noise draws, random changes of less than one grey level.`,
    `The classifier's score (logit) shifts by ${Math.abs(logitDifference.mean).toFixed(2)}\u00a0±\u00a0${logitDifference.sd.toFixed(2)}; its answer by ${kl.mean < 0.001 ? 'less than 0.001' : kl.mean.toFixed(3)} nats (KL divergence; 0: the same answer).`,
    `Matching distance (how differently the classifier uses the simplified picture): ${activationDistance.mean.toFixed(2)}${limitWords(audit)}; ${filmDistanceWords(filmActivationDistance(audit))}.`,
  ]
  if (!repeatability) return sentences
  const { seeds, decisionsKept, pixelCorrelation, bits } = repeatability
  return [
    ...sentences,
    `Repeated from ${seeds.length} further seeds: decision kept in ${decisionsKept} of ${seeds.length}; pixel correlation of the results at least ${figure(pixelCorrelation)}; bits vary by ± ${percent(bits.mean === 0 ? 0 : bits.sd / bits.mean, 1)}.`,
  ]
}
