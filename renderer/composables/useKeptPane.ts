import { computed } from 'vue'
import type { Voi } from '../../contract'
import { detailMapWords } from '../presentation/detailWords'
import { explainPaneWords } from '../presentation/explainPaneWords'
import { mapWords, paneTitle } from '../presentation/paneWords'
import type { Pane } from '../presentation/panes'
import { useBitMap } from '../stores/bitMap'
import { useInstant } from '../stores/instant'
import { useMethodStage } from '../stores/methodStage'
import { useOpenCase } from '../stores/openCase'
import { useStage } from '../stores/stage'
import { useWay } from '../stores/way'
import { useWindowing } from '../stores/windowing'
import { MODEL_VIEW, usePaneDetail, useSimplifiedDetail } from './usePaneDetail'
import { useShownPicture } from './useShownPicture'

/** What of a viewport goes with a key image of it. */
export interface Kept {
  readonly pane: string
  /** Of the picture that is shown: another one's while Space is held. */
  readonly title: string
  /** Which picture that is, as far as the title does not say. */
  readonly shows: string
  /** The window it is shown with; none for maps. */
  readonly voi: Voi | null
}

/** What one of the audit's viewports shows right now, for a key image that is looked at when nothing else says so. */
export function useKeptPane(pane: Pane) {
  const bitMap = useBitMap()
  const instant = useInstant()
  const methodStage = useMethodStage()
  const openCase = useOpenCase()
  const stage = useStage()
  const way = useWay()
  const windowing = useWindowing()
  const detail = usePaneDetail(pane)
  const shown = useShownPicture(pane)
  const simplified = useSimplifiedDetail()

  function isLost(): boolean {
    if (way.estimated) return instant.shown?.decisionKept === false
    if (way.atChosen) return openCase.audit?.decisionKept === false
    return way.current?.point?.decisionKept === false
  }

  const simplifiedWords = () =>
    joined(simplified.value.text, isLost() && 'decision not kept', way.live && !way.estimated && 'audit running')

  function overlayWords(): string | false {
    if (stage.overlay === 0) return false
    const { overFilm } = methodStage
    if (overFilm && methodStage.overlayWords) return `map over it: ${explainPaneWords[overFilm].title}`
    return bitMap.words !== null && `map over it: ${mapWords[stage.mapMode]}`
  }

  function mapShows(): string {
    const { mapMode } = stage
    const of = mapMode !== 'original' && simplifiedWords()
    if (mapMode === 'detail') return joined(detailMapWords(bitMap.shown?.range.high ?? null), of)
    return joined(mapWords[mapMode], of, stage.fitColours && mapMode === 'kept' && 'colours fitted to this map')
  }

  return computed<Kept>(() => {
    if (pane === 'bitmap') return { pane, title: paneTitle(pane, stage.mapMode), shows: mapShows(), voi: null }
    const { kind } = shown.value
    const picture = kind === 'film' || kind === 'modelInput' ? 'film' : 'simplified'
    const words = { film: detail.value.text, modelInput: MODEL_VIEW.text, simplified: simplifiedWords() }
    const of = kind === 'nothing' ? words.simplified : words[kind]
    return {
      pane,
      title: paneTitle(picture, stage.mapMode),
      shows: joined(of, overlayWords()),
      voi: windowing.voiOf(pane),
    }
  })
}

const joined = (...parts: readonly (string | false)[]): string => parts.filter(Boolean).join(' · ')
