import {
  filmDistanceWords,
  MODEL_SIZE,
  retentionOf,
  type AuditRecord,
  type ReportLabel,
  type RetentionKind,
} from '../../../contract'
import type { CaseReport } from './caseReport'

/** Texts of the report beside its figures, in a clinician's words: as the verdict, the classifier and the label allow them. */

const SIMPLIFIED: Readonly<Record<RetentionKind, string>> = {
  retained:
    'The simplified picture is the simplest picture found that the classifier still processes like the film. What has vanished from it was not needed for this decision; what is left may have been.',
  decision:
    'The simplified picture is the nearest picture found: the classifier decides on it as on the film, but does not process it like the film. What has vanished was not needed for the decision itself, but the classifier used it to get there.',
  lost: 'The simplified picture is the nearest picture found, but the decision was not kept on it: something that the classifier needs has vanished. It explains nothing.',
}

/** What follows where an audit simplified one part of the film only. */
const ONE_PART = ' The part that had to stay as on the film was not tested.'

/** Whether the report has a map of the detail left. */
type Shown = Pick<CaseReport['pictures'], 'detail'>

export function howToRead(record: AuditRecord, { detail }: Shown): readonly string[] {
  const distance = `The matching distance tells whether the classifier still works in the same way on it: ${filmDistanceWords(record.original.matchingDistance, 3)}.`
  return [
    `${SIMPLIFIED[retentionOf(record)]}${record.restriction ? ONE_PART : ''}`,
    ...ALWAYS,
    ...(detail === null ? [] : [detailWords(record)]),
    ...certificateWords(record),
    `${CHEAP} ${distance}`,
  ]
}

const ALWAYS: readonly string[] = [
  'Bits measure how surprising a picture is to the flow, a model of chest radiographs: usual anatomy costs little, markers, cables, text and unusual findings cost much. Fewer bits: a simpler picture.',
  'Even an empty grey picture costs bits. “Information above a flat picture” takes that share off: 100 % is the film, 0 % is plain grey.',
  'The bit map spreads the bits over the picture. All bit maps of a report share one colour scale, so equal colours mean equal bits per pixel.',
]

function detailWords(record: AuditRecord): string {
  const left =
    retentionOf(record) === 'retained'
      ? 'the search had to leave at each place for the classifier to go on as it did'
      : 'the search left at each place'
  const part = record.restriction ? '; the part that had to stay counts as 100 %' : ''
  return `“Detail left” is how much of the film’s detail ${left}: 0 % only the mean grey, 100 % as on the film${part}. All sizes of structure count alike.`
}

function certificateWords({ certificate, objective }: AuditRecord): readonly string[] {
  const matched = objective === 'activation' ? 'activation' : 'gradient'
  const gradient =
    certificate.gradientDistance === null
      ? ''
      : ' Gradient distance: the same by how much each of its weights mattered.'
  return [
    'Logit: the probability on a scale without ends, 0 where it is a half. KL divergence: how far the probabilities of film and simplified picture lie apart; 0: not at all.',
    `Activation distance: how differently the parts of the classifier, layer by layer, speak for the decision.${gradient} Matching distance: the one of these that the search held small, here the ${matched} distance.`,
  ]
}

const CHEAP = 'A blur or a strong JPEG of the same bits may keep a decision too.'

export function limits(
  { own }: Pick<AuditRecord, 'own'>,
  { label, detail }: Shown & { readonly label: ReportLabel | null },
): readonly string[] {
  return [
    'This explains a classifier, not a patient. It cannot show that the classifier is right, and a picture in which a finding is still visible is no evidence that the finding is there.',
    'Neighbouring pixels share bits in the flow: a bright spot of the map is where the cost is booked, not proof that the decision came from there.',
    ...(detail === null ? [] : [STAYED]),
    `The classifier sees ${seen(own)}. Fine detail (small nodules, a thin pleural line, small devices) is gone before it decides.`,
    'The search weakens detail of the film, scale by scale and place by place, and draws on nothing else; edges and shades can look otherwise for it. It may stop short: another simple picture may exist. The certificate says how far this one was tested.',
    ...(label === null ? [] : [LABEL]),
    'Text burned into the film itself is part of the picture and is not removed by the pseudonym.',
  ]
}

const STAYED =
  '“Detail left” tells what the search left for this classifier’s processing. That detail stayed at a place is no proof that the place decides.'

const LABEL =
  'A report label is no proof and may be wrong. Those of the public films that come with the product were mined from report texts by software.'

function seen(own: AuditRecord['own']): string {
  const shown = `${MODEL_SIZE} × ${MODEL_SIZE} pixels`
  return own ? `${own.input.width} × ${own.input.height} pixels, resampled from ${shown}` : shown
}
