import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { CounterfactualStop } from '../../contract'
import { averagedMap, colourIndex, type BitScale } from '../../contract/shared'
import type { ExplainPane, FlipPane, MethodPane } from '../presentation/panes'
import { decisionWords } from '../presentation/words'
import { colourTable, strengthRange, type ColourMapName } from '../viewer'
import { useExplaining } from './explaining'
import { useNotices } from './notices'
import { useOpenCase } from './openCase'
import { useScene } from './scene'
import { useStage } from './stage'

export interface ExplainMap {
  /** In the unit of the bar, 128 × 128. */
  readonly map: Float32Array
  readonly range: BitScale
  readonly colours: ColourMapName
  readonly unit: string
  /** What the colours mean, in a sentence. */
  readonly legend: string
  readonly digits: number
}

const METHODS: readonly MethodPane[] = ['gradCam', 'integratedGradients', 'occlusion']
const FLIP: readonly FlipPane[] = ['lastKept', 'firstFlipped', 'difference']
const SIGNED: ReadonlySet<ExplainPane> = new Set(['integratedGradients', 'occlusion', 'difference'])
const THOUSANDTHS = 1000

const tables = { sequential: colourTable('sequential'), diverging: colourTable('diverging') }

/** Which panes stand on the stage beside the audit's own, and what is in them. */
export const useMethodStage = defineStore('methodStage', () => {
  const explaining = useExplaining()
  const notices = useNotices()
  const openCase = useOpenCase()
  const scene = useScene()
  const stage = useStage()
  /** The method whose map lies over film and simplified picture; null: the bit map. */
  const overFilm = ref<MethodPane | null>(null)
  /** Whether the difference is taken to the audit's result instead of to the last picture that keeps the decision. */
  const fromAudit = ref(false)

  const hasMaps = computed(() => explaining.current.maps.some(({ method }) => METHODS.some((name) => name === method)))
  /** There are pictures on both sides of a flip to look at. */
  const hasFlip = computed(() => explaining.current.counterfactual?.firstFlipped != null)
  const shownPanes = computed<readonly ExplainPane[]>(() =>
    scene.current === 'methods' ? METHODS : scene.current === 'flip' ? FLIP : [],
  )

  const auditPicture = computed(() => {
    const frame = openCase.audit?.simplified.frame
    return frame === undefined ? null : (openCase.frames.get(frame)?.picture ?? null)
  })
  const stopOf = (pane: FlipPane): CounterfactualStop | null =>
    explaining.current.counterfactual?.[pane === 'lastKept' ? 'lastKept' : 'firstFlipped'] ?? null

  /** The grey picture of a pane, or null where it shows a map. While it presses on, the picture where it stands. */
  function pictureOf(pane: ExplainPane): Uint8Array | null {
    if (pane === 'lastKept') return explaining.current.pressing ?? stopOf(pane)?.picture ?? null
    return pane === 'firstFlipped' ? (stopOf(pane)?.picture ?? null) : null
  }

  const shownMap = (map: Float32Array, pane: ExplainPane): Pick<ExplainMap, 'map' | 'range' | 'colours'> => {
    const { low, high } = strengthRange(map, SIGNED.has(pane))
    const range = { low: low * stage.mapReach, high: high * stage.mapReach }
    return { map, range, colours: SIGNED.has(pane) ? 'diverging' : 'sequential' }
  }

  const methodMaps = computed(() => {
    const { maps, decision } = explaining.current
    const towards = `"${decisionWords(decision ?? false)}"`
    const made = METHODS.flatMap((method): [ExplainPane, ExplainMap][] => {
      const found = maps.find((one) => one.method === method)
      if (!found) return []
      const patch = method === 'occlusion'
      const scaled = patch ? found.map : found.map.map((value) => value * THOUSANDTHS)
      // As with the bit map: single pixels are noise to the eye and one key away.
      const shown = method === 'integratedGradients' && !stage.truePixels ? averagedMap(scaled) : scaled
      const legend = SIGNED.has(method)
        ? `Change of the logit. Amber speaks for ${towards}, blue against it.`
        : `Change of the logit: the brighter, the more it speaks for ${towards}.`
      const unit = patch ? 'logit' : '10⁻³ logit/pixel'
      return [[method, { ...shownMap(shown, method), unit, legend, digits: 2 }]]
    })
    return new Map(made)
  })

  const difference = computed<ExplainMap | null>(() => {
    const after = stopOf('firstFlipped')?.picture
    const before = fromAudit.value ? auditPicture.value : stopOf('lastKept')?.picture
    if (!after || !before) return null
    const map = Float32Array.from(after, (level, i) => level - (before[i] ?? 0))
    const legend = 'Grey levels. Amber: brighter after the flip. Blue: darker.'
    return { ...shownMap(map, 'difference'), unit: 'grey levels', legend, digits: 0 }
  })

  const mapOf = (pane: ExplainPane): ExplainMap | null =>
    pane === 'difference' ? difference.value : (methodMaps.value.get(pane) ?? null)

  /** Colours of a map by pixel. */
  const wordsOf = ({ map, range, colours }: ExplainMap) => {
    const table = tables[colours]
    return (index: number) => table[colourIndex(map[index] ?? 0, range)] ?? 0
  }
  /** What lies over the film instead of the bit map; null: the bit map itself. */
  const overlayWords = computed(() => {
    const map = overFilm.value ? mapOf(overFilm.value) : null
    return map ? wordsOf(map) : null
  })

  function toggleOverFilm(pane: MethodPane): void {
    overFilm.value = overFilm.value === pane ? null : pane
    if (overFilm.value && stage.overlay === 0) stage.overlay = 0.5
  }

  /** The pictures around the flip and back, unless there is known to be none. */
  function toggleFlip(): void {
    const isKnown = explaining.current.counterfactual !== null && explaining.current.task !== 'counterfactual'
    if (scene.current !== 'flip' && isKnown && !hasFlip.value)
      return notices.say('Pressing on found no flip: there are no pictures around it to show.')
    scene.toggle('flip')
  }

  /** Computes other methods and shows them as they come; a film that has to be confirmed first is asked about instead. */
  function explain(confirmed = false): void {
    if (explaining.explain(confirmed)) scene.show('methods')
  }

  /** Looks for the flip, and shows it where there is one. */
  async function pressOn(): Promise<void> {
    const { caseId } = openCase
    await explaining.pressOn()
    if (openCase.caseId !== caseId) return
    if (hasFlip.value) scene.show('flip')
    else if (scene.current === 'flip') scene.leave()
  }

  // Another case has its own maps; and whoever asks for a number of viewports means the audit's.
  watch([() => openCase.caseId, () => scene.paneCount], () => (overFilm.value = null))
  watch([() => scene.current, fromAudit], () => {
    const frame = openCase.audit?.simplified.frame
    if (scene.current === 'flip' && frame !== undefined) void openCase.wantFrame(frame)
  })

  return {
    overFilm,
    fromAudit,
    hasMaps,
    hasFlip,
    shownPanes,
    overlayWords,
    pictureOf,
    mapOf,
    wordsOf,
    stopOf,
    toggleOverFilm,
    toggleFlip,
    explain,
    pressOn,
  }
})
