import { onMounted, onUnmounted } from 'vue'
import { useFinding } from '../stores/finding'
import { useMarks } from '../stores/marks'
import { useSettings } from '../stores/settings'
import { useWorklist } from '../stores/worklist'
import { useZones } from '../stores/zones'

/** A window that closes still sends what waits to be sent; the main side writes it before it ends. */
export function useLeaving(): void {
  const waiting = [
    useFinding().saveWaiting,
    useMarks().flush,
    useSettings().saveWaiting,
    useZones().flush,
    // no time is left for an undo
    useWorklist().removeLeaving,
  ]
  const leave = () => waiting.forEach((send) => send())
  onMounted(() => window.addEventListener('pagehide', leave))
  onUnmounted(() => window.removeEventListener('pagehide', leave))
}
