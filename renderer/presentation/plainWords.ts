import type { AuditRecord, CaseSummary, Certificate, ModelInfo } from '../../contract'
import { retentionOf, type Judged, type RetentionKind } from '../../contract/retention'
import { decisionWords, figure, percent } from './words'

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
}

type FilmWarning = CaseSummary['warnings'][number]

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
export function keptSentence({ before, after, threshold, kept }: StopDecision): string {
  const words = decisionWords(after >= threshold)
  if (after >= threshold !== before >= threshold) return `Decision lost: the model now says ${words}.`
  return kept ? `Decision kept: ${words}.` : 'Decision lost: it does not hold under noise.'
}

export interface Verdict {
  readonly kind: RetentionKind
  readonly text: string
}

/** What has to be said of a finished audit before anything else. */
export function verdictOf(audit: Judged): Verdict {
  const kind = retentionOf(audit)
  const { draws } = audit.certificate
  if (kind === 'lost')
    return {
      kind,
      text:
        'This audit did not keep the decision. The simplified picture is not a valid counterpart of the film' +
        ` (same decision in ${draws.kept} of ${draws.of} noise draws): do not read it as an explanation.`,
    }
  if (kind === 'retained') return { kind, text: 'Decision kept.' }
  return {
    kind,
    text:
      'The decision was kept, but not in the same way: the model works on the simplified picture differently from' +
      ' the film. Do not read it as an explanation of the decision.',
  }
}

/** The certificate in sentences, the most important one first. */
export function certificateSentences({
  draws,
  logitDifference,
  kl,
  activationDistance,
  repeatability,
}: Certificate): string[] {
  const all = draws.kept === draws.of
  const sentences = [
    `${all ? 'Same decision' : 'The same decision only'} in ${draws.kept} of ${draws.of} noise draws.`,
    `The model's evidence (logit) shifts by ${Math.abs(logitDifference.mean).toFixed(2)}\u00a0±\u00a0${logitDifference.sd.toFixed(2)}; its answer by ${kl.mean < 0.001 ? 'less than 0.001' : kl.mean.toFixed(3)} nats.`,
    `What the network uses in the two pictures differs by ${activationDistance.mean.toFixed(2)} on a scale from 0 (the same) to 1 (nothing in common).`,
  ]
  if (!repeatability) return sentences
  const { seeds, decisionsKept, pixelCorrelation, bits } = repeatability
  return [
    ...sentences,
    `Repeated from ${seeds.length} further seeds: decision kept in ${decisionsKept} of ${seeds.length}; pixel correlation of the results at least ${figure(pixelCorrelation)}; bits vary by ± ${percent(bits.mean === 0 ? 0 : bits.sd / bits.mean, 1)}.`,
  ]
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
  readonly ownClassifier: boolean
}

/** "What you are looking at": what the pictures are, and what they are not. */
export function explanations({ decision, verdict, ownClassifier }: Explained): Explanation[] {
  const said = decision === null ? 'the decision' : `the decision "${decisionWords(decision)}"`
  return [
    { title: 'Simplified', text: simplifiedText(said, verdict ?? 'retained') },
    {
      title: 'Bit map',
      text: "Each pixel's cost in bits under a second model that has learned what chest films look like: the less expected, the more bits. It is a cost, not a cause. It does not show why the model decided, and a bright spot is not a lesion.",
    },
    {
      title: 'Neighbours',
      text: 'The cost of a pixel depends on its neighbours, so the borders in the bit map are blurred by a few pixels. The sum over the picture is exact.',
    },
    {
      title: 'Above a flat picture',
      text: 'Even an empty grey picture costs bits, because the model has never seen one. "Information above a flat picture" takes that cost off: the film has 100 %, a grey picture 0 %.',
    },
    {
      title: 'Probability',
      text: ownClassifier
        ? 'As your own classifier and its description say. Whether of films given 80 % about 80 % have an effusion is not known here.'
        : 'Calibrated on films that the model was not trained on: of films given 80 %, about 80 % had an effusion in the report. It can be wrong for other machines, patients and views.',
    },
    {
      title: 'Limits',
      text: `${ownClassifier ? 'The classifier gets its pictures from 128 × 128 pixels' : 'The model sees 128 × 128 pixels'}, so small findings are invisible to it. Another seed or setting can lead to another simplified picture. Research use only.`,
    },
  ]
}

function simplifiedText(decision: string, verdict: RetentionKind): string {
  const { found, gone } = {
    retained: {
      found: `The simplest picture found that leaves ${decision} and the network's way to it unchanged.`,
      gone: 'What is gone was not needed by this model. What is left may be needed, or may only be expensive to remove.',
    },
    decision: {
      found: `The nearest picture found: it leaves ${decision} unchanged, but not the network's way to it.`,
      gone: 'What is gone was not needed for this decision, but for the way to it.',
    },
    lost: {
      found: `The nearest picture found, but it does not leave ${decision} unchanged, and does not explain it.`,
      gone: 'Something that the model needs is gone.',
    },
  }[verdict]
  return `${found} It is made of the film's own detail alone, weakened scale by scale, place by place; edges and shades can look otherwise for it. ${gone} It is shown with a contrast of its own: what looks strong here may be faint to the model.`
}
