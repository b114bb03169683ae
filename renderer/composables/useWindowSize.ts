import { onMounted, onUnmounted, ref } from 'vue'

/** Shares of the window's width and height within bounds, in pixels: what panels take until the user moves their border. */
export function useWindowSize() {
  const width = ref(window.innerWidth)
  const height = ref(window.innerHeight)
  const measure = () => {
    width.value = window.innerWidth
    height.value = window.innerHeight
  }
  onMounted(() => window.addEventListener('resize', measure))
  onUnmounted(() => window.removeEventListener('resize', measure))
  const shareOf = (size: typeof width) => (of: number, least: number, most: number) =>
    Math.round(Math.min(most, Math.max(least, of * size.value)))
  return { share: shareOf(width), shareOfHeight: shareOf(height) }
}
