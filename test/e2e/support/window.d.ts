import type { WorkstationApi } from '../../../contract'

declare global {
  interface Window {
    readonly api: WorkstationApi
    /** Of the performance probe (renderer/viewer/frameTimes.ts). */
    readonly frameTimes?: { readonly viewport: string; readonly at: number }[]
    /** V8's own, by --expose-gc. */
    readonly gc?: () => void
  }
}
