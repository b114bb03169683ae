import type { CaseSummary, QueueName, QueueSort } from '../../contract'

export type QueueChoice = QueueName | 'all'

interface QueueWords {
  readonly name: QueueChoice
  readonly title: string
  readonly hint: string
  /** Said where the queue holds nothing. */
  readonly empty: string
}

const ONLY_UNREAD = 'Films leave this queue when you have given a finding.'

/** The queues in the order in which they are offered. */
export const queueChoices: readonly QueueWords[] = [
  { name: 'all', title: 'All films', hint: 'Every film in the worklist.', empty: 'No film fits this search.' },
  {
    name: 'false-positive',
    title: 'False positive',
    hint: `The classifier says effusion, the report says no effusion. ${ONLY_UNREAD}`,
    empty: 'No unread film on which the classifier says effusion and the report says no effusion.',
  },
  {
    name: 'false-negative',
    title: 'False negative',
    hint: `The classifier says no effusion, the report says effusion. ${ONLY_UNREAD}`,
    empty: 'No unread film on which the classifier says no effusion and the report says effusion.',
  },
  {
    name: 'borderline',
    title: 'Borderline',
    hint: `The probability lies within 10 percentage points of the decision threshold: a little more or less would have turned the decision. ${ONLY_UNREAD}`,
    empty: 'No unread film lies within 10 percentage points of the decision threshold.',
  },
  {
    name: 'alarm',
    title: 'Shortcut alarm',
    hint: `Audited films on which the classifier may lean on something outside the lungs, such as a marker or the border. ${ONLY_UNREAD}`,
    empty: 'No unread film with a shortcut alarm.',
  },
  {
    name: 'unaudited',
    title: 'Not yet audited',
    hint: 'Films without an audit of the classifier that decides now, read or not.',
    empty: 'Every film has been audited with the classifier that decides now.',
  },
  {
    name: 'done',
    title: 'Done',
    hint: 'Films for which you have given a finding; while no reader is named, films that anybody has read.',
    empty: 'No finding has been given yet.',
  },
]

export const queueWords = (name: QueueChoice): QueueWords =>
  queueChoices.find((choice) => choice.name === name) ?? { name, title: name, hint: '', empty: '' }

export const sortWords: Record<QueueSort, { title: string; hint: string }> = {
  wrongness: {
    title: 'Most wrong first',
    hint: 'The classifier’s most confident disagreements with the report first, films without a report label last.',
  },
  added: { title: 'As they came in', hint: 'In the order of import.' },
  title: { title: 'By name', hint: 'In the order of their names.' },
  date: { title: 'Newest study first', hint: 'By the date of the study; films without a date last.' },
  probability: {
    title: 'Likeliest effusion first',
    hint: 'By the classifier’s probability of effusion; films without a decision last.',
  },
}

export const matchesQueue = (entry: Pick<CaseSummary, 'queues'>, queue: QueueChoice): boolean =>
  queue === 'all' || entry.queues.includes(queue)

/** How many films stand in each queue. */
export function countsOf(cases: readonly Pick<CaseSummary, 'queues'>[]): Record<QueueChoice, number> {
  const counts = { all: cases.length, 'false-positive': 0, 'false-negative': 0, borderline: 0 }
  const rest = { alarm: 0, unaudited: 0, done: 0 }
  const all: Record<QueueChoice, number> = { ...counts, ...rest }
  for (const { queues } of cases) for (const name of queues) all[name] += 1
  return all
}

/** Every word of the search occurs in the title, the patient line, the file or the label. */
export function matchesSearch(
  entry: Pick<CaseSummary, 'title' | 'patientLine' | 'file' | 'reportLabel'>,
  search: string,
): boolean {
  const text = `${entry.title} ${entry.patientLine} ${entry.file} ${entry.reportLabel ?? ''}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** Titles that several of these cases bear: their rows need something else to be told apart by. */
export function sharedTitles(cases: readonly Pick<CaseSummary, 'title'>[]): ReadonlySet<string> {
  const seen = new Set<string>()
  return new Set(cases.flatMap(({ title }) => (seen.has(title) || !seen.add(title) ? [title] : [])))
}

/** Who has read a film, as its row says it: `own` where the present reader has, or where nobody is named. Null: nobody. */
export function readWords(
  readBy: readonly string[],
  reader: string,
): { readonly text: string; readonly own: boolean; readonly hint: string } | null {
  if (readBy.length === 0) return null
  const hint = `Read by ${readBy.join(', ')}`
  const own = reader === '' || readBy.includes(reader)
  if (own) return { text: readBy.length > 1 ? `Read by ${readBy.length}` : 'Read', own, hint }
  return { text: readBy.length > 1 ? `Read by ${readBy.length} others` : hint, own, hint }
}
