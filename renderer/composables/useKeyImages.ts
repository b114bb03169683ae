import type { KeyImage } from '../../contract'
import { standingText, turnText } from '../presentation/paneWords'
import type { FilmPane } from '../presentation/panes'
import { useMarks } from '../stores/marks'
import { useNotices } from '../stores/notices'
import { useOpenCase } from '../stores/openCase'
import { useStage } from '../stores/stage'
import { useWindowing } from '../stores/windowing'
import { edgeLetters, snapshotOf, type LinkedViewport } from '../viewer'
import { shownViewports } from './shownViewports'
import type { Kept } from './useKeptPane'
import { useShapes } from './useShapes'

/** Keeping what a pane shows as a key image, and going back to how it stood. */
export function useKeyImages() {
  const marks = useMarks()
  const notices = useNotices()
  const openCase = useOpenCase()
  const stage = useStage()
  const windowing = useWindowing()
  const shapes = useShapes()

  /** What the pane used last shows, as the key S asks for. */
  async function keepPane(pane: FilmPane): Promise<void> {
    const shown = shownViewports.get(pane)
    if (!shown || !openCase.detail) return notices.say('Open a case first: there is no picture to keep.')
    const kept = shown.kept()
    if (!kept) return notices.say('This viewport shows no picture to keep.')
    await keep(shown.viewport, kept)
  }

  async function keep(viewport: LinkedViewport, { pane, title, shows, voi }: Kept): Promise<void> {
    const { detail, caseId } = openCase
    if (!detail) return
    await notices.attempt(async () => {
      const { view, invert, filmVoi } = stage
      const { orientation } = detail.header
      const letters = orientation && edgeLetters(orientation, view.turn)
      // The film's viewport may show another picture's levels.
      const own = pane !== 'film' || voi === filmVoi
      const image: Omit<KeyImage, 'id' | 'caption'> = {
        ...(await snapshotOf(viewport, { shapes: (project) => shapes.value(project, pane), letters })),
        title,
        shownAs: [shows, standingText(voi, view.zoom), invert ? 'inverted' : '', turnText(view.turn)]
          .filter(Boolean)
          .join(' · '),
        view: { pane, ...view, invert, window: own && voi?.kind === 'window' ? voi : null },
        createdAt: new Date().toISOString(),
      }
      // The case may have been left while the picture was made.
      if (openCase.caseId === caseId) marks.addKeyImage(image)
    })
  }

  function show({ view }: KeyImage): void {
    stage.view = { zoom: view.zoom, centre: view.centre, turn: view.turn }
    stage.invert = view.invert
    const ofFilm = view.pane === 'film'
    if (view.window && !(ofFilm && stage.modelView)) windowing.setVoi(ofFilm ? 'film' : 'simplified', view.window)
  }

  return { keep, keepPane, show }
}
