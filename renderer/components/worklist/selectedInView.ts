import { nextTick, onMounted, watch, type Ref } from 'vue'
import { useWorklist } from '../../stores/worklist'

/** In pixels: boxes end between them. */
const SLACK = 1

type Box = Pick<DOMRect, 'top' | 'bottom'>

/** What of an element this needs. */
interface RowList {
  getBoundingClientRect(): Box
  querySelector(
    selector: string,
  ): { getBoundingClientRect(): Box; scrollIntoView(how: ScrollIntoViewOptions): void } | null
}

const isWithin = (inner: Box, outer: Box) => inner.top >= outer.top - SLACK && inner.bottom <= outer.bottom + SLACK
/** In part at least: a list may be lower than a row. */
const isSeen = (inner: Box, outer: Box) => inner.bottom > outer.top + SLACK && inner.top < outer.bottom - SLACK

/**
 * Scrolls the list to the selected row when it is shown again, when another one is selected, when an audit has made it
 * taller and when the list has another `height`; whoever has scrolled away from it stays there.
 *
 * @returns what is to be called when the list is scrolled
 */
export function keepSelectedInView(
  list: Readonly<Ref<RowList | null>>,
  height: Readonly<Ref<number>>,
): { scrolled(): void } {
  const worklist = useWorklist()
  const rowOf = (id: string) => list.value?.querySelector(`[data-case-id="${id}"]`) ?? null
  /** Whether the selected row was seen at the list's last height: at another one the list scrolls by itself too. */
  let wasSeen = false
  let seenHeight = 0

  function scrolled(): void {
    if (!list.value) return
    const box = list.value.getBoundingClientRect()
    if (Math.abs(box.bottom - box.top - seenHeight) > SLACK) return
    const row = worklist.selectedId ? rowOf(worklist.selectedId) : null
    wasSeen = row !== null && isSeen(row.getBoundingClientRect(), box)
  }

  function show(id: string): void {
    rowOf(id)?.scrollIntoView({ block: 'nearest' })
    wasSeen = true
  }

  onMounted(() => {
    if (worklist.selectedId) show(worklist.selectedId)
  })
  watch(
    () => worklist.selected,
    async (now, before) => {
      if (!now) return
      // Still as it was before the change: the row is drawn anew after this.
      const row = now.id === before?.id ? rowOf(now.id) : null
      if (row && list.value && !isWithin(row.getBoundingClientRect(), list.value.getBoundingClientRect())) return
      await nextTick()
      show(now.id)
    },
  )
  watch(height, (now) => {
    seenHeight = now
    if (wasSeen && worklist.selectedId) show(worklist.selectedId)
  })
  return { scrolled }
}
