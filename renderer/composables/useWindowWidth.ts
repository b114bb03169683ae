import { onMounted, onUnmounted, ref } from 'vue'

/** Width of the window in pixels, and a share of it within bounds: what panels take until the user moves their border. */
export function useWindowWidth() {
  const width = ref(window.innerWidth)
  const measure = () => (width.value = window.innerWidth)
  onMounted(() => window.addEventListener('resize', measure))
  onUnmounted(() => window.removeEventListener('resize', measure))
  const share = (of: number, least: number, most: number) =>
    Math.round(Math.min(most, Math.max(least, of * width.value)))
  return { width, share }
}
