import { median } from 'd3-array'
import type { PlantedSign, ShortcutCell, ShortcutFilm, ShortcutMethod, ShortcutSummary } from '../../../contract'
import { percentText } from '../numbers'
import { markdownTable, plainTable } from '../summaryTable'
import { calibrationOf, type AlarmThreshold } from '../zones'

const METHOD_NAMES: Readonly<Record<ShortcutMethod, string>> = {
  keptBits: 'Bit map kept',
  detailLeft: 'Detail left',
  filmBits: 'Bit map of the film (no classifier)',
  gradCam: 'Grad-CAM',
  integratedGradients: 'Integrated gradients',
  occlusion: 'Occlusion',
}
const METHODS = Object.keys(METHOD_NAMES) as ShortcutMethod[]
const SIGN_NAMES: Readonly<Record<PlantedSign, string>> = {
  letter: 'letter',
  tag: 'name tag',
  patch: 'corner patch',
  none: 'clean',
}

interface ShortcutTable {
  readonly title: string
  readonly cells: readonly (readonly string[])[]
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** What the alarm is calibrated on: films under classifiers that read a sign, and under those that were trained without any. */
export function alarmPeaks({ cells }: Pick<ShortcutSummary, 'cells'>): Parameters<typeof calibrationOf>[0] {
  const peaksOf = (some: readonly ShortcutCell[]) =>
    some.flatMap(({ films }) => films.flatMap(({ peak }) => peak ?? []))
  return {
    cheating: peaksOf(cells.filter(({ sign }) => sign !== 'none')),
    clean: peaksOf(cells.filter(({ sign }) => sign === 'none')),
  }
}

/** The tables of docs/results/shortcuts.md: how far each classifier leans on its sign, where each method sees it, the alarm. */
export function shortcutTables(summary: ShortcutSummary): ShortcutTable[] {
  const planted = summary.cells.filter(({ sign }) => sign !== 'none')
  const clean = summary.cells.filter(({ sign }) => sign === 'none')
  return [
    { title: 'The classifiers (AUC on held-out patients)', cells: classifierRows(summary.cells) },
    { title: 'Planted classifiers: is the top of the map on the sign?', cells: hitRows(planted) },
    {
      title: 'Clean classifiers, films with a sign that they never saw: the map should not be on it',
      cells: hitRows(clean),
    },
    { title: 'The alarm', cells: alarmRows(summary.cells, calibrationOf(alarmPeaks(summary))) },
  ]
}

/** The tables for the terminal, or as they stand in docs/results. */
export function shortcutTablesText(summary: ShortcutSummary, markdown = false): string {
  return shortcutTables(summary)
    .map(({ title, cells }) => `${title}\n\n${markdown ? markdownTable(cells) : plainTable(cells)}`)
    .join('\n\n')
}

function classifierRows(cells: readonly ShortcutCell[]): string[][] {
  const rows = cells.map(({ sign, seed, auc, films }) => [
    SIGN_NAMES[sign],
    String(seed),
    ...[auc.planted, auc.plain, auc.swapped].map((area) => area.toFixed(2)),
    String(films.length),
  ])
  return [['Sign', 'Seed', 'Sign as in training', 'No sign', 'Sign on the other label', 'Films audited'], ...rows]
}

function hitRows(cells: readonly ShortcutCell[]): string[][] {
  const films = cells.flatMap((cell) => cell.films.filter(({ hits }) => hits.length > 0))
  const signs = [...new Set(films.map(({ drawn }) => drawn))]
  const head = [
    'Method',
    ...signs.map((sign) => `${SIGN_NAMES[sign]}: pointing`),
    'All: pointing',
    'Top share',
    'Mass',
    'Films',
  ]
  const rows = METHODS.map((method) => {
    const hits = films.flatMap(({ drawn, hits: all }) =>
      all.filter((hit) => hit.method === method).map((hit) => ({ drawn, ...hit })),
    )
    const rate = (of: typeof hits) =>
      of.length === 0 ? '–' : percentText(mean(of.map(({ pointing }) => (pointing ? 1 : 0))))
    const meanOf = (pick: (hit: (typeof hits)[number]) => number) =>
      hits.length === 0 ? '–' : percentText(mean(hits.map(pick)))
    return [
      METHOD_NAMES[method],
      ...signs.map((sign) => rate(hits.filter(({ drawn }) => drawn === sign))),
      rate(hits),
      meanOf(({ topShare }) => topShare),
      meanOf(({ mass }) => mass),
      String(hits.length),
    ]
  })
  return [head, ...rows]
}

function alarmRows(cells: readonly ShortcutCell[], calibration: AlarmThreshold | null): string[][] {
  const groups: [string, ShortcutFilm[]][] = [
    ...(['letter', 'tag', 'patch'] as const).map((sign): [string, ShortcutFilm[]] => [
      `planted: ${SIGN_NAMES[sign]}`,
      cells.filter((cell) => cell.sign === sign).flatMap(({ films }) => films),
    ]),
    ...([true, false] as const).map((plain): [string, ShortcutFilm[]] => [
      plain ? 'clean' : 'clean, strange sign on the film',
      cells
        .filter(({ sign }) => sign === 'none')
        .flatMap(({ films }) => films.filter(({ drawn }) => (drawn === 'none') === plain)),
    ]),
  ]
  const rows = groups.map(([name, films]) => {
    const values = films.flatMap(({ peak }) => peak ?? [])
    const rang = calibration ? values.filter((value) => value >= calibration.threshold).length : null
    return [
      name,
      String(values.length),
      values.length === 0 ? '–' : percentText(median(values) ?? 0),
      rang === null || values.length === 0 ? 'not calibrated' : `${rang} (${percentText(rang / values.length)})`,
    ]
  })
  const rule = calibration ? `rings at ${percentText(calibration.threshold)} or more` : 'needs 20 films of either kind'
  return [['Films', 'Number', 'Most fine detail left at a place, median', `Alarm (${rule})`], ...rows]
}
