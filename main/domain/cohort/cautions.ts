import {
  auditKindWords,
  type CohortFilter,
  type CohortGroup,
  type CohortOverview,
  type QueueName,
} from '../../../contract'
import { percentText } from '../numbers'
import { patientsOf, type RatedFilm } from './cohortFilm'
import { SMALL_GROUP } from './groups'

/** With fewer films of a class than this, or films of fewer patients, its rate is a rough one. */
const FEW_OF_A_CLASS = 20
/** Shares of effusion in two views that differ by more than this tempt a classifier to read the view. */
const CONFOUNDED = 0.1

/** Queues that choose films by what the classifier said of them. */
const BY_OUTCOME: ReadonlySet<string | null> = new Set<QueueName>([
  'false-positive',
  'false-negative',
  'borderline',
  'alarm',
])

interface Seen {
  readonly films: readonly RatedFilm[]
  readonly filter: CohortFilter
  readonly groups: readonly CohortGroup[]
  /** How many films are left out because their files' warnings were not confirmed. */
  readonly unconfirmed: number
  readonly bitsOf: CohortOverview['bitsOf']
}

/** What has to be known before the figures are believed, in sentences; the weightiest first. */
export function cautionsOf(seen: Seen): string[] {
  if (seen.films.length === 0) return []
  return [
    ...chosenByOutcome(seen.filter),
    ...fewFilms(seen.films),
    ...confoundedViews(seen.groups),
    ...unconfirmedFilms(seen.unconfirmed),
    ...otherAudits(seen.films),
    ...otherKinds(seen.bitsOf),
    ...someAudited(seen.films),
    ...always(seen),
  ]
}

function chosenByOutcome({ queue, reader }: CohortFilter): string[] {
  if (queue === null && reader === null) return []
  if (BY_OUTCOME.has(queue)) {
    return [
      'These films were chosen by what the classifier said of them. Rates and bits over them say nothing of the classifier; take the queue filter off for those.',
    ]
  }
  const filters = [...(queue === null ? [] : ['the queue']), ...(reader === null ? [] : ['the reader'])]
  return [
    `Which films are read and audited often depends on what the classifier said of them. Rates and bits over films chosen by ${filters.join(' and ')} can therefore be far from the classifier’s own; take that filter off for those.`,
  ]
}

function fewFilms(films: readonly RatedFilm[]): string[] {
  const effusions = films.filter(({ positive }) => positive)
  const others = films.filter(({ positive }) => !positive)
  if (effusions.length === 0 || others.length === 0) return oneClass(effusions.length === 0)
  if (Math.min(effusions.length, others.length) < FEW_OF_A_CLASS) {
    const [few, name, many, other] =
      effusions.length <= others.length
        ? ([effusions.length, 'effusion', others.length, 'no effusion'] as const)
        : ([others.length, 'no effusion', effusions.length, 'effusion'] as const)
    return [
      `Only ${few === 1 ? '1 film here is' : `${few} films here are`} labelled “${name}” (${many} “${other}”): the intervals are wide, and a single film moves the rates by several per cent.`,
    ]
  }
  return [...fewPatients('effusion', effusions), ...fewPatients('no effusion', others)]
}

function oneClass(noEffusion: boolean): string[] {
  const [missing, rate, left] = noEffusion
    ? ['effusion', 'sensitivity', 'specificity']
    : ['no effusion', 'specificity', 'sensitivity']
  return [
    `No film here is labelled “${missing}”, so there is no ROC curve and no ${rate}. PPV and NPV are then fixed whatever the classifier says, and are not shown; accuracy is the ${left} under another name.`,
  ]
}

function fewPatients(label: string, films: readonly RatedFilm[]): string[] {
  const patients = new Set(patientsOf(films)).size
  if (patients >= FEW_OF_A_CLASS) return []
  const whose = patients === 1 ? '1 patient' : `only ${patients} patients`
  return [
    `The ${films.length} films labelled “${label}” are of ${whose}: films of one patient are alike, so the intervals are wide, and a single patient moves the rates by several per cent.`,
  ]
}

/** The confounding of view and label that is known of such collections, in figures where it shows here. */
function confoundedViews(groups: readonly CohortGroup[]): string[] {
  const views = groups.filter(({ by, films }) => by === 'view' && films.length >= SMALL_GROUP)
  const shares = views.flatMap(({ name, effusion }) =>
    effusion.estimate ? [{ name, share: effusion.estimate.value }] : [],
  )
  const [highest] = [...shares].sort((a, b) => b.share - a.share)
  const [lowest] = [...shares].sort((a, b) => a.share - b.share)
  const known =
    'In collections from hospitals view and finding go together: patients in bed are filmed AP and more often have effusions. A classifier may read the view instead of the effusion.'
  if (!highest || !lowest || highest.share - lowest.share < CONFOUNDED)
    return [`${known} Look at the results per view.`]
  return [
    `${known} Here ${percentText(highest.share)} of the films of view “${highest.name}” are labelled effusion, and ${percentText(lowest.share)} of view “${lowest.name}”: believe the results within one view before those over all.`,
  ]
}

function unconfirmedFilms(count: number): string[] {
  if (count === 0) return []
  const which = count === 1 ? '1 film is' : `${count} films are`
  return [
    `${which} left out, among those without a decision: their files say why they may be no finished radiographs. Such a film counts once it has been audited, which has to be confirmed.`,
  ]
}

function otherAudits(films: readonly RatedFilm[]): string[] {
  const others = films.filter(({ otherAudit }) => otherAudit).length
  if (others === 0) return []
  const which = others === 1 ? 'The audit of 1 film is' : `The audits of ${others} films are`
  return [
    `${which} left out of the bits: made with other models, of a part of the film, or ended early. Audit again to count there.`,
  ]
}

function otherKinds(bitsOf: CohortOverview['bitsOf']): string[] {
  if (!bitsOf || bitsOf.others === 0) return []
  const which = bitsOf.others === 1 ? '1 film was audited' : `${bitsOf.others} films were audited`
  return [
    `${which} with another preset or objective, which leaves other bits of the same film. Counted in the bits is the most frequent kind: ${auditKindWords(bitsOf)}.`,
  ]
}

function someAudited(films: readonly RatedFilm[]): string[] {
  const audited = films.filter(({ audit }) => audit !== null).length
  if (audited === 0 || audited === films.length) return []
  return [
    `Bits are known of ${audited} of these ${films.length} films. Films are often audited because the classifier seems to err; those bits need not hold for the others.`,
  ]
}

function always({ films }: Seen): string[] {
  const unknown = films.filter(({ patient }) => patient === null).length
  return [
    ...(unknown === 0
      ? []
      : [
          `Of ${unknown} ${unknown === 1 ? 'film' : 'films'} the file does not say whose they are; each counts as a patient of its own. Where one patient has several of them, the intervals are too narrow.`,
        ]),
    'Report labels are often mined from text and sometimes wrong: an error here may be the label’s. Films on which the classifier was trained make it look better than it is.',
  ]
}
