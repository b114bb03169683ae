import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const rectangle = { x: z.number().int(), y: z.number().int(), width: z.number().int(), height: z.number().int() }
const savedBounds = z.strictObject({ ...rectangle, maximized: z.boolean() })
export type SavedBounds = z.infer<typeof savedBounds>
export type Rectangle = Pick<SavedBounds, 'x' | 'y' | 'width' | 'height'>

/** Smallest window in which worklist, three pictures and the panel beside them can be read. */
export const MINIMUM_SIZE = { width: 1024, height: 640 }
export const DEFAULT_SIZE = { width: 1600, height: 1000 }

/** The bounds saved last, or null where there are none or they are unreadable. */
export function readBounds(file: string): SavedBounds | null {
  try {
    return savedBounds.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** Best effort: losing the window's place is no reason to disturb anyone. */
export function saveBounds(file: string, bounds: SavedBounds): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(bounds))
  } catch (error) {
    console.error('The window’s place could not be saved:', error)
  }
}

/** The first screen that does not hold the middle of a window; null where there is but one. */
export function otherScreen(window: Rectangle, screens: readonly Rectangle[]): Rectangle | null {
  const x = window.x + window.width / 2
  const y = window.y + window.height / 2
  const holds = (screen: Rectangle) =>
    x >= screen.x && x < screen.x + screen.width && y >= screen.y && y < screen.y + screen.height
  return screens.some(holds) ? (screens.find((screen) => !holds(screen)) ?? null) : null
}

/** True where at least a graspable part of the window lies on one of the screens (a screen may have been unplugged). */
export function isReachable(bounds: Rectangle, screens: readonly Rectangle[]): boolean {
  const grasp = 100
  return screens.some((screen) => {
    const wide = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x)
    const high = Math.min(bounds.y + bounds.height, screen.y + screen.height) - Math.max(bounds.y, screen.y)
    return wide >= grasp && high >= grasp
  })
}
