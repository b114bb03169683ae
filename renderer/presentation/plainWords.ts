import type { AuditRecord, CaseSummary, FilmWarning, ModelInfo } from '../../contract'
import {
  filmActivationDistance,
  filmDistanceWords,
  retentionOf,
  type Judged,
  type RetentionKind,
} from '../../contract/shared'
import { decisionWords, figure, percent } from './words'
import { partWords, type Part } from './zoneWords'

/** "The model says effusion, probability of effusion 83 %."; `named` where it is not the one that the audit on screen is about. */
export function modelSentence(
  { decision, probability }: Pick<CaseSummary, 'decision' | 'probability'>,
  named: string | null,
): string | null {
  if (decision === null || probability === null) return null
  const model = named === null ? 'The model' : `The classifier ${named}, which decides now,`
  return `${model} says ${decisionWords(decision)}, probability of effusion ${percent(probability)}.`
}

export interface StopDecision {
  /** Probability on the film and at the stop. */
  readonly before: number
  readonly after: number
  readonly threshold: number
  /** What the engine found, over all its noise draws. */
  readonly kept: boolean
  /** The audit simplified one part of the film only. */
  readonly ofOnePart: boolean
}

/** Where the file itself says that the model was not made for it, and what a row of the worklist then says. */
const NOT_MADE_FOR: Readonly<Record<string, string>> = {
  WRONG_MODALITY: 'Not a radiograph?',
  FOR_PROCESSING: 'Not a finished film?',
  BODY_PART: 'Not a chest film?',
  LATERAL_VIEW: 'Lateral view',
}

/** "Not a chest film?" with the reason, for a row of the worklist; null where nothing is wrong. */
export function unsuitable(warnings: readonly FilmWarning[]): { readonly text: string; readonly why: string } | null {
  const [first] = warnings.flatMap(({ code, message }) => {
    const text = NOT_MADE_FOR[code]
    return text === undefined ? [] : [{ text, why: message }]
  })
  return first ?? null
}

/** Why the decision on this film may mean nothing: what the file says, else what its picture shows. */
export function filmCautions(warnings: readonly FilmWarning[], chestDoubt: string | null): readonly string[] {
  const said = warnings.filter(({ code }) => code in NOT_MADE_FOR).map(({ message }) => message)
  return said.length > 0 || chestDoubt === null ? said : [chestDoubt]
}

/** Said where an audit was made with other weights than those in use: its figures no longer fit today's decision. */
export function outdatedSentence(
  audit: Pick<AuditRecord, 'model' | 'flow'>,
  inUse: readonly ModelInfo[],
): string | null {
  const changed = [audit.model, audit.flow].filter(({ name, sha256 }) =>
    inUse.some((model) => model.name === name && model.sha256 !== sha256),
  )
  if (changed.length === 0) return null
  const names = changed.map(({ name }) => name).join(' and ')
  return `This audit was made with another version of ${names}. What follows is about that version; audit again for today's.`
}

/** What a stop does to the decision that was made on the film. */
export function keptSentence({ before, after, threshold, kept, ofOnePart }: StopDecision): string {
  const words = decisionWords(after >= threshold)
  const part = ofOnePart ? ' (audit of one part only)' : ''
  if (after >= threshold !== before >= threshold) return `Decision lost${part}: the classifier now says ${words}.`
  return kept ? `Decision kept${part}: ${words}.` : `Decision lost${part}: it does not hold under noise.`
}

/** Said first of an audit whose search was cut off; null of all others. */
export function stoppedEarlySentence({ stopped }: Pick<AuditRecord, 'stopped'>): string | null {
  return stopped === 'cancelled'
    ? 'This audit was stopped early. A longer search may find a simpler picture: its bits do not compare with those of finished audits.'
    : null
}

export interface Verdict {
  readonly kind: RetentionKind
  /** The outcome in one sentence, the part first that the audit was restricted to. */
  readonly headline: string
  /** The same, with what it means for whoever reads the picture. */
  readonly text: string
}

/** What has to be said of a finished audit before anything else. */
export function verdictOf(audit: Judged & Pick<AuditRecord, 'restriction'>): Verdict {
  const kind = retentionOf(audit)
  const { draws } = audit.certificate
  // A choice can be lost under the search's noises that holds under all of the certificate's.
  const searchLost = draws.kept === draws.of
  const { headline, text } = {
    retained: { headline: 'Decision kept.', text: 'Decision kept.' },
    decision: {
      headline: 'Decision kept, but not in the same way.',
      text: 'The decision was kept, but not in the same way: the classifier works on the simplified picture differently from the film. Do not read it as an explanation of the decision.',
    },
    lost: {
      headline: searchLost ? 'Decision lost: it did not hold under every noise of the search.' : 'Decision lost.',
      text: `This audit did not keep the decision. The simplified picture is not a valid counterpart of the film (${searchLost ? 'the decision did not hold under every noise of the search' : `same decision in ${draws.kept} of ${draws.of} noise draws`}): do not read it as an explanation.`,
    },
  }[kind]
  const { restriction } = audit
  if (!restriction) return { kind, headline, text }
  const first = (said: string) =>
    `Audit of one part only (${partWords(restriction)}): ${said.charAt(0).toLowerCase()}${said.slice(1)}`
  return { kind, headline: first(headline), text: first(text) }
}

/** What a row of the worklist says of the film's last audit. */
export interface AuditMark {
  readonly text: string
  readonly lost: boolean
  readonly hint: string | null
}

const PARTIAL = 'Of one part of the film only, or stopped early: not to be compared with audits of the whole film.'
const OTHER_CLASSIFIER: AuditMark = {
  text: 'Other classifier’s audit',
  lost: false,
  hint: 'This audit is about another classifier than the one that decides now, or about another version of it. Audit the film again.',
}

export function auditMark(audit: NonNullable<CaseSummary['audit']>): AuditMark {
  if (!audit.ofClassifierInUse) return OTHER_CLASSIFIER
  const { bitsLeft, decisionKept, whole } = audit
  const text = decisionKept ? `${percent(bitsLeft)} of bits` : 'Decision lost'
  return { text: whole ? text : `${text}, partial`, lost: !decisionKept, hint: whole ? null : PARTIAL }
}

/** The certificate in sentences, the most important one first. */
export function certificateSentences(
  audit: Pick<AuditRecord, 'certificate' | 'objective' | 'original' | 'settings'>,
): string[] {
  const { draws, logitDifference, kl, activationDistance, repeatability } = audit.certificate
  const all = draws.kept === draws.of
  const sentences = [
    `${all ? 'Same decision' : 'The same decision only'} in ${draws.kept} of ${draws.of} noise draws, random changes of less than one grey level.`,
    `The classifier's evidence (logit) shifts by ${Math.abs(logitDifference.mean).toFixed(2)}\u00a0±\u00a0${logitDifference.sd.toFixed(2)}; its answer by ${kl.mean < 0.001 ? 'less than 0.001' : kl.mean.toFixed(3)} nats (KL divergence; 0: the same answer).`,
    `By what the network uses, the simplified picture lies at a distance of ${activationDistance.mean.toFixed(2)}${limitWords(audit)}; ${filmDistanceWords(filmActivationDistance(audit))}.`,
  ]
  if (!repeatability) return sentences
  const { seeds, decisionsKept, pixelCorrelation, bits } = repeatability
  return [
    ...sentences,
    `Repeated from ${seeds.length} further seeds: decision kept in ${decisionsKept} of ${seeds.length}; pixel correlation of the results at least ${figure(pixelCorrelation)}; bits vary by ± ${percent(bits.mean === 0 ? 0 : bits.sd / bits.mean, 1)}.`,
  ]
}

/** " (limit 0.40)": up to where the search took pictures. It is one of the distance that was matched. */
function limitWords({ objective, settings }: Pick<AuditRecord, 'objective' | 'settings'>): string {
  const { limitDistance } = settings
  return objective === 'activation' && typeof limitDistance === 'number' ? ` (limit ${limitDistance.toFixed(2)})` : ''
}

/** Ratio of matching distances rival : counterpart, as "12 ×"; a dash where the counterpart's distance is nil. */
export function distanceRatio(rival: number, counterpart: number): string {
  return counterpart > 1e-6 ? `${figure(rival / counterpart, rival / counterpart < 10 ? 1 : 0)} ×` : '–'
}

export interface Explanation {
  readonly title: string
  readonly text: string
}

/** What the explanations are about: the audit on screen, else the classifier that decides. */
export interface Explained {
  /** On the film; null where it is not known. */
  readonly decision: boolean | null
  /** Of the audit; null before there is one. */
  readonly verdict: RetentionKind | null
  /** To which the audit was restricted; null: none was. */
  readonly part: Part | null
  readonly ownClassifier: boolean
}

/** "What you are looking at": what the pictures are, and what they are not. Two models speak here: the classifier and the flow. */
export function explanations({ decision, verdict, part, ownClassifier }: Explained): Explanation[] {
  const said = decision === null ? 'the decision' : `the decision "${decisionWords(decision)}"`
  return [
    { title: 'Simplified', text: simplifiedText(said, verdict ?? 'retained', part) },
    {
      title: 'Bit map',
      text: "Each pixel's cost in bits under the flow, a model of radiographs that has learned what chest films look like: the less expected, the more bits. It is a cost, not a cause. It does not show why the classifier decided, and a bright spot is not a lesion.",
    },
    {
      title: 'Neighbours',
      text: 'The cost of a pixel depends on its neighbours, so the borders in the bit map are blurred by a few pixels. The sum over the picture is exact.',
    },
    {
      title: 'Above a flat picture',
      text: 'Even an empty grey picture costs bits, because the flow has never seen one. "Information above a flat picture" takes that cost off: the film has 100 %, a grey picture 0 %.',
    },
    {
      title: 'Probability',
      text: ownClassifier
        ? 'As your own classifier and its description say. Whether of films given 80 % about 80 % have an effusion is not known here.'
        : 'Calibrated on films held out from a training of the same recipe: of those given 80 %, about 80 % had an effusion in the report. It can be wrong for other machines, patients and views, and where effusions are rarer or more common than there.',
    },
    {
      title: 'Limits',
      text: `${ownClassifier ? 'The classifier gets its pictures from 128 × 128 pixels' : 'The classifier sees 128 × 128 pixels'}, so small findings are invisible to it. Another seed or setting can lead to another simplified picture. Research use only.`,
    },
  ]
}

function simplifiedText(decision: string, verdict: RetentionKind, part: Part | null): string {
  const picture = part === null ? 'picture found' : `picture found in an audit of one part only (${partWords(part)})`
  const { found, gone } = {
    retained: {
      found: `The simplest ${picture} that leaves ${decision} and the network's way to it unchanged.`,
      gone: 'What is gone was not needed by this classifier. What is left may be needed, or may only be expensive to remove.',
    },
    decision: {
      found: `The nearest ${picture}: it leaves ${decision} unchanged, but not the network's way to it.`,
      gone: 'What is gone was not needed for this decision, but for the way to it.',
    },
    lost: {
      found: `The nearest ${picture}, but it does not leave ${decision} unchanged, and does not explain it.`,
      gone: 'Something that the classifier needs is gone.',
    },
  }[verdict]
  const rest = part === null ? '' : ' What had to stay as on the film was not tested.'
  return `${found} It is made of the film's own detail alone, weakened scale by scale, place by place; edges and shades can look otherwise for it. ${gone}${rest} It is shown with a contrast of its own: what looks strong here may be faint to the classifier.`
}
