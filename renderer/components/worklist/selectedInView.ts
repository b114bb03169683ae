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

/**
 * Scrolls the list to the selected row when it is shown again, when another one is selected, and when an audit has made it
 * taller; whoever has scrolled away from it stays there.
 */
export function keepSelectedInView(list: Readonly<Ref<RowList | null>>): void {
  const worklist = useWorklist()
  const rowOf = (id: string) => list.value?.querySelector(`[data-case-id="${id}"]`) ?? null

  onMounted(() => {
    if (worklist.selectedId) rowOf(worklist.selectedId)?.scrollIntoView({ block: 'nearest' })
  })
  watch(
    () => worklist.selected,
    async (now, before) => {
      if (!now) return
      // Still as it was before the change: the row is drawn anew after this.
      const row = now.id === before?.id ? rowOf(now.id) : null
      if (row && list.value && !isWithin(row.getBoundingClientRect(), list.value.getBoundingClientRect())) return
      await nextTick()
      rowOf(now.id)?.scrollIntoView({ block: 'nearest' })
    },
  )
}
