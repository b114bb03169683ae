/** One drawn frame: which viewport, and when it was finished (performance.now, milliseconds). */
export interface FrameTime {
  readonly viewport: string
  readonly at: number
}

declare global {
  interface Window {
    /** Present only in a window opened with `?probe=1`: what the performance tests read. */
    frameTimes?: FrameTime[]
  }
}

if (new URLSearchParams(globalThis.location?.search ?? '').get('probe') === '1') window.frameTimes = []

export function recordFrame(viewport: string): void {
  window.frameTimes?.push({ viewport, at: performance.now() })
}
