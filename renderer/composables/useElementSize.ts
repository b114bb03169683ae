import { onMounted, onUnmounted, ref, useTemplateRef } from 'vue'

/** The element with this template ref and its size in CSS pixels, followed as it changes; 0 × 0 until it is there. */
export function useElementSize(name: string) {
  const element = useTemplateRef<HTMLElement>(name)
  const width = ref(0)
  const height = ref(0)
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return
    width.value = entry.contentRect.width
    height.value = entry.contentRect.height
  })
  onMounted(() => {
    if (element.value) observer.observe(element.value)
  })
  onUnmounted(() => observer.disconnect())
  return { element, width, height }
}
