import { computed, onMounted, onUnmounted, watch } from 'vue'
import type { SharedStage, WindowRole } from '../../contract'
import { call, onEvent } from '../api'
import { useFilmWindow } from '../stores/filmWindow'
import { useMarks } from '../stores/marks'
import { useOpenCase } from '../stores/openCase'
import { useStage } from '../stores/stage'

const FRAME_MS = 16

/**
 * Keeps what this window shows of the film and what the other one shows alike: case, view, window and level, cross-hair,
 * measurements. The case and the measurements are the main window's to say; everything else goes both ways.
 */
export function useSharedStage(role: WindowRole): void {
  const filmWindow = useFilmWindow()
  const marks = useMarks()
  const openCase = useOpenCase()
  const stage = useStage()
  /** What both windows show, as far as this one knows: the last that was sent or came. Sending it again would be an echo. */
  let agreed: SharedStage | null = null
  let waiting: SharedStage | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let sharedAt = 0

  const shown = computed<SharedStage>(() => ({
    caseId: openCase.caseId,
    view: stage.view,
    voi: stage.filmVoi,
    invert: stage.invert,
    crosshair: stage.crosshair,
    cursor: stage.cursor,
    measurements: [...marks.measurements],
  }))

  const isAgreed = (now: SharedStage) =>
    agreed !== null &&
    now.view === agreed.view &&
    now.voi === agreed.voi &&
    now.invert === agreed.invert &&
    now.crosshair === agreed.crosshair &&
    now.cursor === agreed.cursor
  /** The second window has nothing to say before it was told what to show. */
  const mayShare = () => filmWindow.open && openCase.state !== 'loading' && (role === 'main' || agreed !== null)

  /** At once, but not more often than the screen changes. No animation frame: a window behind another one gets none. */
  function shareSoon(): void {
    if (timer !== null) return
    const wait = sharedAt + FRAME_MS - performance.now()
    if (wait > 0) timer = setTimeout(share, wait)
    else share()
  }

  function share(): void {
    timer = null
    sharedAt = performance.now()
    if (!mayShare() || isAgreed(shown.value)) return
    agreed = shown.value
    void call('shareStage', { from: role, stage: agreed })
  }

  async function take(next: SharedStage): Promise<void> {
    if (role === 'film' && next.caseId !== openCase.caseId) {
      waiting = next
      agreed = null
      if (next.caseId) await openCase.open(next.caseId)
      else openCase.close()
      if (waiting !== next) return
    }
    // Of another case than the one on screen: too late, or too early.
    if (next.caseId !== openCase.caseId || openCase.state !== 'ready') return
    waiting = null
    agreed = next
    Object.assign(stage, {
      view: next.view,
      filmVoi: next.voi,
      invert: next.invert,
      crosshair: next.crosshair,
      cursor: next.cursor,
    })
    if (role === 'film') marks.measurements = next.measurements
  }

  watch(shown, (now) => {
    if (mayShare() && !isAgreed(now)) shareSoon()
  })
  watch(
    () => [filmWindow.open, openCase.state, marks.measurements] as const,
    () => {
      if (role !== 'main') return
      agreed = null
      shareSoon()
    },
  )

  let stop: (() => void) | null = null
  onMounted(async () => {
    stop = onEvent((event) => {
      if (event.type === 'filmWindow') filmWindow.open = event.open
      if (event.type === 'sharedStage' && event.from !== role) void take(event.stage)
    })
    filmWindow.open = role === 'film' || (await call('filmWindowIsOpen', null))
    const last = role === 'film' ? await call('sharedStage', null) : null
    if (last) await take(last)
  })
  onUnmounted(() => {
    stop?.()
    if (timer !== null) clearTimeout(timer)
  })
}
