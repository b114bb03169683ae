import type { WorkstationApi } from '../contract'

declare global {
  interface Window {
    /** Provided by electron/preload.ts; only api.ts may touch it. */
    readonly api: WorkstationApi
  }
}
