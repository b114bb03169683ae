import { computed } from 'vue'
import { bitsDetail } from '../presentation/paneWords'
import { percent } from '../presentation/words'
import type { Pane } from '../presentation/panes'
import { useInstant } from '../stores/instant'
import { useOpenCase } from '../stores/openCase'
import { useWay } from '../stores/way'
import { useShownPicture } from './useShownPicture'

/** `brief` where there is little room. */
interface PaneDetail {
  readonly text: string
  readonly brief?: string
}

export const MODEL_VIEW: PaneDetail = { text: 'as the classifier sees it, 128 × 128', brief: '128 × 128' }

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
  const shown = useShownPicture(pane)
  const simplified = useSimplifiedDetail()

  return computed<PaneDetail>(() => {
    if (pane === 'bitmap') return { text: '' }
    const { kind } = shown.value
    if (kind === 'modelInput')
      return pane === 'film' ? MODEL_VIEW : { text: `the film, ${MODEL_VIEW.text}`, brief: 'film' }
    if (kind !== 'film') return pane === 'film' ? { text: 'showing Simplified' } : simplified.value
    const { header } = openCase.detail ?? {}
    if (!header) return { text: '' }
    const brief = `${header.width} × ${header.height}`
    return { text: `${brief}, ${header.bitsStored} bit`, brief }
  })
}
