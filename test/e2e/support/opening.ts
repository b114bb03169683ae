import type { Page } from '@playwright/test'
import type { RunningWorkstation } from './workstation'

/** Clicks a case in the worklist; milliseconds until its film can be seen, measured in the window itself. */
export const openAndTime = (page: Page, id: string): Promise<number> =>
  page.evaluate(
    (caseId) =>
      new Promise<number>((resolve, reject) => {
        const row = document.querySelector<HTMLElement>(`[data-case-id="${caseId}"]`)
        if (!row) throw new Error(`no such row: ${caseId}`)
        const canvasNow = () => document.querySelector('[data-testid="viewport-film"] .host canvas')
        // A film that is open already keeps its canvas.
        const old = row.ariaSelected === 'true' ? null : canvasNow()
        const start = performance.now()
        row.click()
        const look = () => {
          const elapsed = performance.now() - start
          const canvas = canvasNow()
          if (canvas instanceof HTMLCanvasElement && canvas !== old && isFilled(canvas)) return resolve(elapsed)
          if (elapsed > 15_000) return reject(new Error(`no film within ${elapsed.toFixed(0)} ms`))
          requestAnimationFrame(look)
        }
        /** A line through the film is not all of one grey. */
        function isFilled(canvas: HTMLCanvasElement): boolean {
          const line = canvas.getContext('2d')?.getImageData(0, canvas.height >> 1, canvas.width, 1).data ?? []
          return new Set(line).size > 8
        }
        requestAnimationFrame(look)
      }),
    id,
  )

/** Bytes in use after a garbage collection: private memory of the window's process, resident memory of the main one. */
export async function memoryOf({ app, page }: RunningWorkstation): Promise<{ window: number; main: number }> {
  await page.evaluate(() => window.gc?.())
  await page.waitForTimeout(300)
  await page.evaluate(() => window.gc?.())
  return app.evaluate(({ app: electronApp, BrowserWindow }) => {
    Reflect.get(globalThis, 'gc')?.()
    const window = BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId()
    const kilobytes = (pid: number | undefined) =>
      electronApp.getAppMetrics().find((metric) => metric.pid === pid)?.memory.workingSetSize ?? 0
    return { window: 1024 * kilobytes(window), main: 1024 * kilobytes(process.pid) }
  })
}
