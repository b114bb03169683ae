import type { CohortFilter, CohortGroup, QueueName } from '../../../contract'
import type { RatedFilm } from './cohortFilm'
import { SMALL_GROUP } from './groups'

/** With fewer films of a class than this, its rate is a rough one. */
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
    ...always(seen),
  ]
}

function chosenByOutcome({ queue }: CohortFilter): string[] {
  return BY_OUTCOME.has(queue)
    ? [
        'These films were chosen by what the classifier said of them. Rates over them say nothing of the classifier; take the queue filter off for those.',
      ]
    : []
}

function fewFilms(films: readonly RatedFilm[]): string[] {
  const effusions = films.filter(({ positive }) => positive).length
  const others = films.length - effusions
  if (effusions === 0 || others === 0) {
    const missing = effusions === 0 ? 'effusion' : 'no effusion'
    return [`No film here is labelled “${missing}”, so there is no ROC curve, and half of the rates cannot be counted.`]
  }
  if (Math.min(effusions, others) >= FEW_OF_A_CLASS) return []
  return [
    `Only ${effusions} of these films are labelled effusion, ${others} no effusion: the intervals are wide, and a single film moves the rates by several per cent.`,
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
  const percent = (share: number) => `${Math.round(share * 100)} %`
  return [
    `${known} Here ${percent(highest.share)} of the films of view “${highest.name}” are labelled effusion, and ${percent(lowest.share)} of view “${lowest.name}”: believe the results within one view before those over all.`,
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

function always({ films }: Seen): string[] {
  const unknown = films.filter(({ patient }) => patient === null).length
  return [
    ...(unknown === 0
      ? []
      : [
          `Of ${unknown} films the file does not say whose they are; each counts as a patient of its own. Where one patient has several of them, the interval of the AUC is too narrow.`,
        ]),
    'Report labels are often mined from text and sometimes wrong: an error here may be the label’s. Films on which the classifier was trained make it look better than it is.',
  ]
}
