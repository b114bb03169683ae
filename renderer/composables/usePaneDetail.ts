import { computed } from 'vue'
import { bitsDetail } from '../presentation/paneWords'
import { percent } from '../presentation/words'
import { useInstant } from '../stores/instant'
import { useOpenCase } from '../stores/openCase'
import { useStage, type Pane } from '../stores/stage'
import { useWay } from '../stores/way'

/** `brief` where there is little room. */
export interface PaneDetail {
  readonly text: string
  readonly brief?: string
}

export const MODEL_VIEW: PaneDetail = { text: 'as the model sees it, 128 × 128', brief: '128 × 128' }

/** Which simplified picture the screen stands at. */
export function useSimplifiedDetail() {
  const instant = useInstant()
  const openCase = useOpenCase()
  const way = useWay()

  return computed<PaneDetail>(() => {
    if (way.estimated && instant.shown) {
      const share = percent(instant.shown.bitsLeft)
      return { text: `instant estimate · ${share} of the bits`, brief: `est. ${share}` }
    }
    const { current, source } = way
    if (!current || !source) return { text: '' }
    if (!current.point) return { text: 'the film, not simplified', brief: 'film' }
    const ofOnePart = !way.live && openCase.audit?.restriction !== undefined
    return bitsDetail(current.figures.bits / source.original.bits, ofOnePart)
  })
}

/** What one of the audit's viewports shows right now, in its head. */
export function usePaneDetail(pane: Pane) {
  const openCase = useOpenCase()
  const stage = useStage()
  const way = useWay()
  const simplified = useSimplifiedDetail()

  return computed<PaneDetail>(() => {
    const { header } = openCase.detail ?? {}
    if (pane === 'film') {
      if (stage.flicker && way.view) return { text: 'showing Simplified' }
      if (stage.modelView) return MODEL_VIEW
      if (!header) return { text: '' }
      const brief = `${header.width} × ${header.height}`
      return { text: `${brief}, ${header.bitsStored} bit`, brief }
    }
    if (pane === 'bitmap') return { text: '' }
    return stage.flicker ? { text: 'showing the film', brief: 'film' } : simplified.value
  })
}
