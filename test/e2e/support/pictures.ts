import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { resize, repository, type RunningWorkstation } from './workstation'

const folder = join(repository, 'out/e2e/screens')

/** Keeps a picture of the whole window in out/e2e/screens for people to look at. */
export async function keepScreen(
  { app, page }: RunningWorkstation,
  name: string,
  size = { width: 1600, height: 1000 },
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await resize(app, size.width, size.height)
  await page.waitForFunction((width) => innerWidth === width, size.width)
  await page.waitForTimeout(400)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

/** How a canvas looks: mean and standard deviation of its grey levels, and a hash that changes with any pixel. */
export interface Look {
  readonly mean: number
  readonly deviation: number
  readonly hash: number
}

export const lookOf = (canvas: Locator): Promise<Look> =>
  canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('not a canvas')
    const context = element.getContext('2d')
    if (!context) throw new Error('not a 2d canvas')
    const { data } = context.getImageData(0, 0, element.width, element.height)
    let sum = 0
    let squares = 0
    let hash = 0
    for (let i = 0; i < data.length; i += 4) {
      const grey = ((data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0)) / 3
      sum += grey
      squares += grey * grey
      hash = (Math.imul(hash, 31) + (data[i] ?? 0) + 257 * (data[i + 1] ?? 0) + 65537 * (data[i + 2] ?? 0)) | 0
    }
    const pixels = data.length / 4
    const mean = sum / pixels
    return { mean, deviation: Math.sqrt(Math.max(0, squares / pixels - mean * mean)), hash }
  })

/** How a canvas looks once it has come to rest: what is on its way to be drawn is awaited. */
export async function restingLook(canvas: Locator): Promise<Look> {
  let last: Look | null = null
  for (;;) {
    const look = await lookOf(canvas)
    if (last?.hash === look.hash) return look
    last = look
    await canvas.page().waitForTimeout(250)
  }
}
