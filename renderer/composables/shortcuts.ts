import { useAuditing } from '../stores/auditing'
import { useCohort } from '../stores/cohort'
import { useCohortVisit } from '../stores/cohortVisit'
import { useImporting } from '../stores/importing'
import { useLab } from '../stores/lab'
import { useMethodStage } from '../stores/methodStage'
import { useNotices } from '../stores/notices'
import { useOpenCase } from '../stores/openCase'
import { useShell, type ViewName } from '../stores/shell'
import { useStage } from '../stores/stage'
import { useWay } from '../stores/way'
import { useWorklist } from '../stores/worklist'
import { useZones } from '../stores/zones'
import { findingShortcuts, type Shortcut } from './findingShortcuts'

export type { Shortcut }

export interface ShortcutGroup {
  readonly title: string
  /** The only view in which its keys do something; absent: both. */
  readonly view?: ViewName
  readonly shortcuts: readonly Shortcut[]
}

const ZOOM_STEP = 1.25
const OPACITY_STEP = 0.1

const focusOn = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus()
const removeSelected = () => {
  const worklist = useWorklist()
  if (worklist.selected) worklist.remove(worklist.selected)
}
const setLabel = (label: 'effusion' | 'no effusion' | null) => {
  const worklist = useWorklist()
  if (worklist.selected) void worklist.setLabel(worklist.selected, label)
}
const zoomBy = (factor: number) => {
  const stage = useStage()
  stage.view = { ...stage.view, zoom: Math.min(64, Math.max(0.5, stage.view.zoom * factor)) }
}
const overlayBy = (by: number) => {
  const stage = useStage()
  stage.overlay = Math.min(1, Math.max(0, Math.round((stage.overlay + by) * 10) / 10))
}

/** An audit that runs is ended first; then the way leads back to where the film was found. */
const leave = () => {
  if (useAuditing().active) void useAuditing().cancel()
  else if (useCohortVisit().visiting) useCohortVisit().back()
}

/** One table for what keys do and for the cheat sheet that says so. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'Worklist',
    view: 'workstation',
    shortcuts: [
      {
        keys: ['arrowdown', 'j', 'pagedown'],
        shown: ['↓', 'J', 'PgDn'],
        what: 'Next case of the queue',
        run: () => useWorklist().moveSelection(1),
      },
      {
        keys: ['arrowup', 'k', 'pageup'],
        shown: ['↑', 'K', 'PgUp'],
        what: 'Case before it in the queue',
        run: () => useWorklist().moveSelection(-1),
      },
      {
        keys: ['/', 'ctrl+f'],
        shown: ['/', 'Ctrl F'],
        what: 'Search',
        run: () => focusOn('[data-testid="search"] input'),
      },
      { keys: ['ctrl+o'], shown: ['Ctrl O'], what: 'Import films', run: () => void useImporting().pick(false) },
      { keys: ['e'], shown: ['E'], what: 'Report says: effusion', run: () => setLabel('effusion') },
      { keys: ['o'], shown: ['O'], what: 'Report says: no effusion', run: () => setLabel('no effusion') },
      { keys: ['delete'], shown: ['Del'], what: 'Remove the case', run: removeSelected },
    ],
  },
  {
    title: 'Audit',
    view: 'workstation',
    shortcuts: [
      { keys: ['a'], shown: ['A'], what: 'Start the audit', run: () => void useAuditing().start() },
      { keys: ['escape'], shown: ['Esc'], what: 'Cancel the audit; back to the cohort', run: leave },
      {
        keys: ['ctrl+e', 'ctrl+p'],
        shown: ['Ctrl E'],
        what: 'Export the case report',
        run: () => {
          if (useOpenCase().audit) useShell().show('export')
          else useNotices().say('There is nothing to report before the case has been audited.')
        },
      },
      ...findingShortcuts,
    ],
  },
  {
    title: 'The way',
    view: 'workstation',
    shortcuts: [
      { keys: ['arrowleft'], shown: ['←'], what: 'Towards the film', run: () => useWay().moveBy(-1) },
      { keys: ['arrowright'], shown: ['→'], what: 'Along the way', run: () => useWay().moveBy(1) },
      { keys: ['home'], shown: ['Home'], what: 'The chosen result', run: () => useWay().toChosen() },
      {
        keys: [' '],
        shown: ['Space'],
        what: 'Hold: flicker film and simplified',
        run: () => (useStage().flicker = true),
      },
    ],
  },
  {
    title: 'Everywhere',
    shortcuts: [
      { keys: ['l'], shown: ['L'], what: 'Training lab, and back', run: () => useShell().toggleView('lab') },
      { keys: ['g'], shown: ['G'], what: 'Cohort, and back', run: () => useShell().toggleView('cohort') },
      {
        keys: ['ctrl+z'],
        shown: ['Ctrl Z'],
        what: 'Undo label, removal, finding',
        run: () => void useNotices().undo(),
      },
      { keys: ['ctrl+,'], shown: ['Ctrl ,'], what: 'Settings', run: () => useShell().show('settings') },
      { keys: ['?', 'f1'], shown: ['?'], what: 'This list', run: () => useShell().show('help') },
    ],
  },
  {
    title: 'Cohort',
    view: 'cohort',
    shortcuts: [
      { keys: ['home'], shown: ['Home'], what: 'Its own threshold', run: () => void useCohort().tryThreshold(null) },
      { keys: ['escape'], shown: ['Esc'], what: 'Close the list', run: () => useCohort().choose(null) },
    ],
  },
  {
    title: 'Training lab',
    view: 'lab',
    shortcuts: [
      { keys: ['n'], shown: ['N'], what: 'New experiment', run: () => useLab().build() },
      { keys: ['c'], shown: ['C'], what: 'Condensed sets', run: () => (useLab().place = { kind: 'sets' }) },
      { keys: ['p'], shown: ['P'], what: 'Pause or resume the run', run: () => void useLab().pauseOrResume() },
    ],
  },
  {
    title: 'Viewports',
    view: 'workstation',
    shortcuts: [
      { keys: ['w'], shown: ['W'], what: 'Window and level', run: () => (useStage().tool = 'window') },
      { keys: ['p'], shown: ['P'], what: 'Pan', run: () => (useStage().tool = 'pan') },
      { keys: ['z'], shown: ['Z'], what: 'Zoom', run: () => (useStage().tool = 'zoom') },
      { keys: ['m'], shown: ['M'], what: 'Measure a length', run: () => (useStage().tool = 'length') },
      { keys: ['+', '='], shown: ['+'], what: 'Larger', run: () => zoomBy(ZOOM_STEP) },
      { keys: ['-'], shown: ['−'], what: 'Smaller', run: () => zoomBy(1 / ZOOM_STEP) },
      { keys: ['f'], shown: ['F'], what: 'Fit to window', run: () => useStage().fit() },
      { keys: ['r'], shown: ['R'], what: 'Reset view, window, lengths', run: () => useStage().reset() },
      { keys: ['i'], shown: ['I'], what: 'Invert', run: () => (useStage().invert = !useStage().invert) },
      { keys: ['x'], shown: ['X'], what: 'Cross-hair', run: () => (useStage().crosshair = !useStage().crosshair) },
      { keys: ['t'], shown: ['T'], what: 'True pixels', run: () => (useStage().truePixels = !useStage().truePixels) },
      {
        keys: ['k'],
        shown: ['K'],
        what: 'Outlines of the lung fields',
        run: () => (useZones().shown = !useZones().shown),
      },
      {
        keys: ['v'],
        shown: ['V'],
        what: 'What the model sees',
        run: () => (useStage().modelView = !useStage().modelView),
      },
      { keys: ['b'], shown: ['B'], what: 'Bit map: kept, removed, original', run: () => useStage().cycleMap() },
      {
        keys: ['[', ']'],
        shown: ['[', ']'],
        what: 'Map over film: less, more',
        run: (key) => overlayBy(key === ']' ? OPACITY_STEP : -OPACITY_STEP),
      },
      {
        keys: ['1', '2', '3'],
        shown: ['1', '2', '3'],
        what: 'One, two, three viewports',
        run: (key) => {
          useStage().paneCount = key === '1' ? 1 : key === '2' ? 2 : 3
          useMethodStage().layout = 'audit'
        },
      },
      { keys: ['4'], shown: ['4'], what: 'Other methods, and back', run: () => useMethodStage().toggle('methods') },
      { keys: ['5'], shown: ['5'], what: 'Around the flip, and back', run: () => useMethodStage().toggle('flip') },
    ],
  },
]

export const mouseHelp: readonly (readonly [string, string])[] = [
  ['Drag', 'The chosen tool; in the bit map: where its colours end'],
  ['Wheel', 'Zoom around the cursor'],
  ['Right drag', 'Zoom'],
  ['Shift drag', 'Pan (also the middle button)'],
  ['Double click', 'One large viewport, and back'],
]

/** "ctrl+z" for Ctrl or ⌘ and z; Shift counts only through the character it makes. */
export const keyOf = (event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): string =>
  `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${event.key.toLowerCase()}`
