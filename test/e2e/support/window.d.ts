import type { WorkstationApi } from '../../../contract'
import type { FrameTime } from '../../../renderer/viewer/frameTimes'

declare global {
  interface Window {
    readonly api: WorkstationApi
    /** Of the performance probe (renderer/viewer/frameTimes.ts). */
    frameTimes?: FrameTime[]
    /** V8's own, by --expose-gc. */
    readonly gc?: () => void
  }
}
