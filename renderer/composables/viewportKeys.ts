import { isAuditPane, paneTitle } from '../presentation/paneWords'
import { useFilmWindow } from '../stores/filmWindow'
import { useMethodStage } from '../stores/methodStage'
import { useNotices } from '../stores/notices'
import { useOpenCase } from '../stores/openCase'
import { useScene } from '../stores/scene'
import { useStage } from '../stores/stage'
import { useWindowing } from '../stores/windowing'
import { useZones } from '../stores/zones'
import { zoomed } from '../viewer'
import type { KeyGroup } from './keyTable'
import { shownViewports } from './shownViewports'
import { useKeyImages } from './useKeyImages'

const ZOOM_STEP = 1.25
const OPACITY_STEP = 0.1

/** Beside an earlier film or around the flip the audit's pane that was used last need not be there. */
const keepActive = () => {
  const { activePane, mapMode } = useStage()
  if (useOpenCase().detail && isAuditPane(activePane) && !shownViewports.has(activePane))
    return useNotices().say(
      `${paneTitle(activePane, mapMode)} is not on the stage now. Press the camera above the picture to keep.`,
    )
  void useKeyImages().keepPane(activePane)
}
const comparePrior = () => {
  const scene = useScene()
  if (scene.priors.length > 0) scene.toggle('prior')
  else useNotices().say('The worklist has no earlier film of this patient.')
}
const zoomBy = (factor: number) => {
  const stage = useStage()
  stage.view = zoomed(stage.view, factor)
}
const overlayBy = (by: number) => {
  const stage = useStage()
  stage.overlay = Math.min(1, Math.max(0, Math.round((stage.overlay + by) * 10) / 10))
}

/** What keys do to the pictures on the stage. */
export const viewportKeys: readonly KeyGroup[] = [
  {
    title: 'Picture tools',
    view: ['workstation', 'film'],
    bindings: [
      { keys: ['w'], shown: ['W'], what: 'Window and level', run: () => (useStage().tool = 'window') },
      { keys: ['p'], shown: ['P'], what: 'Pan', run: () => (useStage().tool = 'pan') },
      { keys: ['z'], shown: ['Z'], what: 'Zoom', run: () => (useStage().tool = 'zoom') },
      {
        keys: ['u'],
        shown: ['U'],
        what: 'Hold: magnifying glass',
        run: () => (useStage().lensHeld = true),
        release: () => (useStage().lensHeld = false),
      },
    ],
  },
  {
    title: 'Measuring and keeping',
    view: 'workstation',
    bindings: [
      { keys: ['m'], shown: ['M'], what: 'Measure a length', run: () => (useStage().tool = 'length') },
      { keys: ['d'], shown: ['D'], what: 'Measure an angle (degrees)', run: () => (useStage().tool = 'angle') },
      { keys: ['q'], shown: ['Q'], what: 'Values in a region', run: () => (useStage().tool = 'ellipse') },
      { keys: ['s'], shown: ['S'], what: 'Keep the view as a key image', run: keepActive },
    ],
  },
  {
    title: 'How the film lies and looks',
    view: ['workstation', 'film'],
    bindings: [
      { keys: ['+', '='], shown: ['+'], what: 'Larger', run: () => zoomBy(ZOOM_STEP) },
      { keys: ['-'], shown: ['−'], what: 'Smaller', run: () => zoomBy(1 / ZOOM_STEP) },
      { keys: ['f'], shown: ['F'], what: 'Fit to window', run: () => useStage().fit() },
      { keys: ['.'], shown: ['.'], what: 'Turn clockwise', run: () => useStage().turn(1) },
      { keys: [','], shown: [','], what: 'Turn anticlockwise', run: () => useStage().turn(-1) },
      { keys: ['h'], shown: ['H'], what: 'Flip left to right', run: () => useStage().flip('leftRight') },
      { keys: ['y'], shown: ['Y'], what: 'Flip upside down', run: () => useStage().flip('upDown') },
      {
        keys: ['j'],
        shown: ['J'],
        what: 'Hide all annotations, and back',
        run: () => (useStage().annotations = !useStage().annotations),
      },
      { keys: ['i'], shown: ['I'], what: 'Invert', run: () => (useStage().invert = !useStage().invert) },
      { keys: ['r'], shown: ['R'], what: 'Reset view, turn, window', run: () => useStage().reset() },
    ],
  },
  {
    title: 'Second screen',
    view: ['workstation', 'film'],
    bindings: [
      { keys: ['0'], shown: ['0'], what: 'Film in its own window, and back', run: () => void useFilmWindow().toggle() },
    ],
  },
  {
    title: 'Viewports',
    view: 'workstation',
    bindings: [
      { keys: ['c'], shown: ['C'], what: 'Compare with an earlier film', run: comparePrior },
      { keys: ['x'], shown: ['X'], what: 'Cross-hair', run: () => (useStage().crosshair = !useStage().crosshair) },
      { keys: ['t'], shown: ['T'], what: 'True pixels', run: () => (useStage().truePixels = !useStage().truePixels) },
      {
        keys: ['v'],
        shown: ['V'],
        what: 'What the classifier sees',
        run: () => (useStage().modelView = !useStage().modelView),
      },
      {
        keys: ['k'],
        shown: ['K'],
        what: 'Simplified picture: contrast of its own',
        run: () => useWindowing().setOwnContrast(!useWindowing().ownContrast),
      },
      {
        keys: ['b'],
        shown: ['B'],
        what: 'Map: detail left; bits kept, removed, original',
        run: () => useStage().cycleMap(),
      },
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
        run: (key) => useScene().arrange(key === '1' ? 1 : key === '2' ? 2 : 3),
      },
      {
        keys: ['7'],
        shown: ['7'],
        what: 'Film large, the others beside it',
        run: () => useScene().arrange('filmLarge'),
      },
      { keys: ['4'], shown: ['4'], what: 'Other methods, and back', run: () => useScene().toggle('methods') },
      { keys: ['5'], shown: ['5'], what: 'Around the flip, and back', run: () => useMethodStage().toggleFlip() },
      {
        keys: ['6'],
        shown: ['6'],
        what: 'Outlines of the lung fields',
        run: () => (useZones().shown = !useZones().shown),
      },
    ],
  },
]
