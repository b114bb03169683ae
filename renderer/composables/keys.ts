import { useAuditing } from '../stores/auditing'
import { useCohort } from '../stores/cohort'
import { useCohortVisit } from '../stores/cohortVisit'
import { useImporting } from '../stores/importing'
import { useLab } from '../stores/lab'
import { useMarks } from '../stores/marks'
import { useNotices } from '../stores/notices'
import { useOpenCase } from '../stores/openCase'
import { useRemoving } from '../stores/removing'
import { useRestriction } from '../stores/restriction'
import { useShell } from '../stores/shell'
import { useStage } from '../stores/stage'
import { useWay } from '../stores/way'
import { useWorklist } from '../stores/worklist'
import { useZones } from '../stores/zones'
import { findingKeys } from './findingKeys'
import type { KeyGroup } from './keyTable'
import { viewportKeys } from './viewportKeys'

export { appliesIn, keyOf, type KeyBinding } from './keyTable'

const focusOn = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus()
/** A selected measurement goes before the film does. */
const removeSelected = () => {
  const marks = useMarks()
  if (marks.selectedId !== null) return marks.removeMeasurement(marks.selectedId)
  const worklist = useWorklist()
  if (worklist.selected) void useRemoving().ask(worklist.selected)
}
const leaveOff = () => {
  const marks = useMarks()
  const restriction = useRestriction()
  const auditing = useAuditing()
  const zones = useZones()
  if (marks.draft) marks.draft = null
  else if (restriction.brushing) restriction.layDown()
  else if (zones.editing) zones.editing = false
  else if (auditing.optionsOpen) auditing.optionsOpen = false
  else leave()
}
const setLabel = (label: 'effusion' | 'no effusion' | null) => {
  const worklist = useWorklist()
  if (worklist.selected) void worklist.setLabel(worklist.selected, label)
}
/** An audit that runs is ended first; then the way leads back to where the film was found. */
const leave = () => {
  if (useAuditing().active) void useAuditing().cancel()
  else if (useCohortVisit().visiting) useCohortVisit().back()
}

/** One table for what keys do and for the list of keys that says so. */
export const keyGroups: readonly KeyGroup[] = [
  {
    title: 'Worklist',
    view: 'workstation',
    bindings: [
      {
        keys: ['arrowdown', 'pagedown'],
        shown: ['↓', 'PgDn'],
        what: 'Next film of the queue',
        run: () => useWorklist().moveSelection(1),
      },
      {
        keys: ['arrowup', 'pageup'],
        shown: ['↑', 'PgUp'],
        what: 'Film before it in the queue',
        run: () => useWorklist().moveSelection(-1),
      },
      {
        keys: ['/', 'ctrl+f'],
        shown: ['/', 'Ctrl F'],
        what: 'Search; then ↓ or Enter opens the first hit',
        run: () => focusOn('[data-testid="search"] input'),
      },
      { keys: ['ctrl+o'], shown: ['Ctrl O'], what: 'Import films', run: () => void useImporting().pick(false) },
      { keys: ['e'], shown: ['E'], what: 'Report says: effusion', run: () => setLabel('effusion') },
      { keys: ['o'], shown: ['O'], what: 'Report says: no effusion', run: () => setLabel('no effusion') },
      {
        keys: ['delete'],
        shown: ['Del'],
        what: 'Remove the selected measurement, else the film',
        run: removeSelected,
        once: true,
      },
    ],
  },
  {
    title: 'Audit',
    view: 'workstation',
    bindings: [
      { keys: ['a'], shown: ['A'], what: 'Start the audit', run: () => void useAuditing().start() },
      {
        keys: ['escape'],
        shown: ['Esc'],
        what: 'Drop a half-drawn measurement; lay the brush down; end correcting outlines; fold the audit’s choices; cancel the audit; back to the cohort',
        run: leaveOff,
      },
      {
        keys: ['ctrl+e', 'ctrl+p'],
        shown: ['Ctrl E'],
        what: 'Export the case report',
        run: () => {
          if (useOpenCase().audit) useShell().show('export')
          else useNotices().say('There is nothing to report before the film has been audited.')
        },
      },
      ...findingKeys,
    ],
  },
  {
    title: 'The way',
    view: 'workstation',
    bindings: [
      { keys: ['arrowleft'], shown: ['←'], what: 'Towards the film', run: () => useWay().moveBy(-1) },
      { keys: ['arrowright'], shown: ['→'], what: 'Along the way', run: () => useWay().moveBy(1) },
      { keys: ['home'], shown: ['Home'], what: 'The chosen result', run: () => useWay().toChosen() },
      {
        keys: [' '],
        shown: ['Space'],
        what: 'Hold: flicker film and simplified',
        run: () => (useStage().flicker = true),
        release: () => (useStage().flicker = false),
      },
    ],
  },
  {
    title: 'Everywhere',
    bindings: [
      { keys: ['l'], shown: ['L'], what: 'Training lab, and back', run: () => useShell().toggleView('lab') },
      { keys: ['g'], shown: ['G'], what: 'Cohort, and back', run: () => useShell().toggleView('cohort') },
      {
        keys: ['ctrl+z'],
        shown: ['Ctrl Z'],
        what: 'Undo label, removal, finding, marks',
        run: () => void useNotices().undo(),
      },
      { keys: ['ctrl+,'], shown: ['Ctrl ,'], what: 'Settings', run: () => useShell().show('settings') },
      { keys: ['?', 'f1'], shown: ['?'], what: 'This list', run: () => useShell().show('help') },
    ],
  },
  {
    title: 'Cohort',
    view: 'cohort',
    bindings: [
      { keys: ['home'], shown: ['Home'], what: 'Its own threshold', run: () => void useCohort().tryThreshold(null) },
      { keys: ['escape'], shown: ['Esc'], what: 'Close the list', run: () => useCohort().choose(null) },
    ],
  },
  {
    title: 'Training lab',
    view: 'lab',
    bindings: [
      { keys: ['n'], shown: ['N'], what: 'New experiment', run: () => useLab().build() },
      { keys: ['c'], shown: ['C'], what: 'Condensed sets', run: () => (useLab().place = { kind: 'sets' }) },
      { keys: ['p'], shown: ['P'], what: 'Pause or resume the run', run: () => void useLab().pauseOrResume() },
    ],
  },
  ...viewportKeys,
]

export const mouseHelp: readonly (readonly [string, string])[] = [
  ['Drag', 'The chosen tool; in the map: where its colours end'],
  ['Wheel', 'Zoom around the cursor; with the glass: how much it magnifies'],
  ['Right drag', 'Zoom'],
  ['Shift drag', 'Pan (also the middle button)'],
  ['Click', 'Select a measurement'],
  ['Double click', 'One large viewport, and back'],
]
