import { computed } from 'vue'
import type { Pane } from '../presentation/panes'
import { useOpenCase } from '../stores/openCase'
import { useStage } from '../stores/stage'
import { useWay } from '../stores/way'

/** A picture that a viewport shows; the model's two have their levels [128 · 128]. */
type ShownPicture =
  | { readonly kind: 'film' }
  | { readonly kind: 'modelInput'; readonly levels: Uint8Array }
  | { readonly kind: 'simplified'; readonly levels: Uint8Array }
  | { readonly kind: 'nothing' }

const NOTHING: ShownPicture = { kind: 'nothing' }
const FILM: ShownPicture = { kind: 'film' }

/**
 * Which picture the pane of the film or of the simplified picture shows right now: while Space is held each shows the other's,
 * and the simplified picture's pane then shows what the model sees, so that nothing but the simplification differs. Nothing for the bit map, which is none, and before the picture is there.
 */
export function useShownPicture(pane: Pane) {
  const openCase = useOpenCase()
  const stage = useStage()
  const way = useWay()

  const of = (kind: 'modelInput' | 'simplified', levels: Uint8Array | null | undefined): ShownPicture =>
    levels ? { kind, levels } : NOTHING

  return computed<ShownPicture>(() => {
    const modelInput = of('modelInput', openCase.detail?.modelInput.pixels)
    const simplified = of('simplified', way.view?.picture)
    if (pane === 'bitmap') return NOTHING
    if (pane === 'simplified') return stage.flicker ? modelInput : simplified
    if (stage.flicker && simplified !== NOTHING) return simplified
    return stage.modelView && modelInput !== NOTHING ? modelInput : FILM
  })
}
