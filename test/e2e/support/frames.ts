import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { screen } from './screen'
import type { RunningWorkstation } from './workstation'

/** What a drag of some seconds showed. */
export interface FrameFigures {
  readonly frames: number
  readonly perSecond: number
  /** Milliseconds between one frame and the next: middle, 95 % and longest. */
  readonly median: number
  readonly slow: number
  readonly longest: number
  /** Processor time of the whole app a frame, milliseconds. */
  readonly cost: number
}

/** Drags over the film for three seconds with the tool that is chosen, and counts the frames that it drew. */
export async function framesWhileDragging(
  workstation: RunningWorkstation,
  pane = 'film' as const,
): Promise<FrameFigures> {
  const { page } = workstation
  const box = await screen(page).canvas(pane).boundingBox()
  if (!box) throw new Error('the film is not on screen')
  await page.evaluate(() => window.frameTimes?.splice(0))
  const before = processorMilliseconds(workstation)
  await drag(workstation, { x: box.x + box.width / 2, y: box.y + box.height / 2 })
  const used = processorMilliseconds(workstation) - before
  const times = await page.evaluate(
    (name) => (window.frameTimes ?? []).filter((frame) => frame.viewport === name).map((frame) => frame.at),
    pane,
  )
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? at))
  const ordered = [...gaps].sort((a, b) => a - b)
  const at = (share: number) => ordered[Math.round(share * (ordered.length - 1))] ?? Infinity
  return {
    frames: times.length,
    perSecond: (1000 * gaps.length) / ((times.at(-1) ?? 0) - (times[0] ?? 0)),
    ...{ median: at(0.5), slow: at(0.95), longest: at(1), cost: used / times.length },
  }
}

/** Drags with the left button for three seconds, a hundred moves a second, as a hand would: not waiting for the screen. */
const drag = ({ app }: RunningWorkstation, middle: { x: number; y: number }): Promise<void> =>
  app.evaluate(async ({ BrowserWindow }, { x, y }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const at = (dx: number, dy: number) => ({ x: Math.round(x + dx), y: Math.round(y + dy), button: 'left' as const })
    contents?.sendInputEvent({ type: 'mouseMove', ...at(0, 0) })
    contents?.sendInputEvent({ type: 'mouseDown', ...at(0, 0), clickCount: 1 })
    const start = Date.now()
    while (Date.now() - start < 3000) {
      const i = (Date.now() - start) / 10
      const place = at(80 * Math.sin(i / 12), 60 * Math.sin(i / 17))
      contents?.sendInputEvent({ type: 'mouseMove', ...place, modifiers: ['leftbuttondown'] })
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    contents?.sendInputEvent({ type: 'mouseUp', ...at(0, 0), clickCount: 1 })
  }, middle)

/**
 * On a machine that is busy with other things the clock says nothing about the app: then the processor time it uses is
 * held to the same limit.
 */
export const isBusy = () => (loadavg()[0] ?? 0) > 1.5 * availableParallelism()

/** Processor time that the app with all its processes has used so far (Linux counts in hundredths of a second). */
export function processorMilliseconds({ app }: RunningWorkstation): number {
  const family = (pid: number): number[] => [pid, ...children(pid).flatMap(family)]
  return family(app.process().pid ?? 0)
    .map((pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [])
    .reduce((sum, fields) => sum + 10 * (Number(fields[11]) + Number(fields[12])), 0)
}

const children = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number)
