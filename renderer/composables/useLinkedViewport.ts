import { shallowRef, watch, type ShallowRef } from 'vue'
import { useStage } from '../stores/stage'
import { LinkedViewport, type FilmGeometry, type Layer, type Size, type View } from '../viewer'

/** What a viewport shows: of which film, in which layers, from where. All are read again whenever they change. */
export interface ViewportSource {
  readonly name: string
  /** What the viewport is built anew for; null while there is nothing to show. */
  readonly film: () => unknown
  readonly geometry: () => FilmGeometry | null
  /** Makes the layers of one film; what it returns is asked again whenever anything that it reads has changed. */
  readonly layersOn: (geometry: FilmGeometry) => () => readonly Layer[]
  readonly view: () => View
  /** A viewport came or went. */
  readonly onChange?: (now: LinkedViewport | null, before: LinkedViewport | null) => void
}

export interface LinkedPane {
  readonly viewport: Readonly<ShallowRef<LinkedViewport | null>>
  readonly size: Readonly<ShallowRef<Size>>
  /** A function ref for the element that the viewport fills; null takes the viewport away. */
  readonly attach: (element: unknown) => void
}

/** A viewport in an element of the window: there while its film is, as large as its element, drawn anew when its source changes. */
export function useLinkedViewport(source: ViewportSource): LinkedPane {
  const stage = useStage()
  const viewport = shallowRef<LinkedViewport | null>(null)
  const size = shallowRef<Size>({ width: 1, height: 1 })
  let host: HTMLElement | null = null
  let stops: readonly (() => void)[] = []

  function build(): void {
    tearDown()
    const geometry = source.geometry()
    if (!host || !geometry || source.film() === null) return
    const made = new LinkedViewport(host, geometry, source.name)
    stops = [
      watch(source.layersOn(geometry), (layers) => made.show(layers), { immediate: true }),
      watch(source.view, (view) => made.look(view), { immediate: true }),
      watch(
        () => stage.moving,
        (moving) => made.setMoving(moving),
      ),
    ]
    viewport.value = made
    source.onChange?.(made, null)
  }

  function tearDown(): void {
    for (const stop of stops) stop()
    stops = []
    const gone = viewport.value
    viewport.value = null
    gone?.destroy()
    if (gone) source.onChange?.(null, gone)
  }

  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return
    size.value = { width: entry.contentRect.width, height: entry.contentRect.height }
    viewport.value?.resize()
  })

  /** Called with the same element at every update. */
  function attach(element: unknown): void {
    const next = element instanceof HTMLElement ? element : null
    if (next === host) return
    observer.disconnect()
    host = next
    build()
    if (host) observer.observe(host)
  }

  watch(source.film, build, { flush: 'post' })
  return { viewport, size, attach }
}
