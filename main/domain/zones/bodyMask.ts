import { blurredLevels } from '../blurredLevels'
import { orderStatistic } from '../orderStatistic'
import { SIDE, type ZonePicture } from './picture'

/** Between the film's dark and its body, where air ends. */
const SHARE_OF_BODY = 0.35
/** Levels: with less between them nothing on the film is air beside the body. */
const LEAST_DISTANCE = 40
const DARK = 0.02

/**
 * Air beside the body: everything as dark as the film's darkest that hangs together with the film's edge; the letterbox
 * around the film belongs to it. Lungs, dark as well, never do.
 *
 * @param lungs 1 where a lung is
 * @returns 1 outside the body
 */
export function outsideBody({ pixels, box }: ZonePicture, lungs: Uint8Array): Uint8Array {
  const smooth = blurredLevels(pixels, SIDE, 1)
  const threshold = airThreshold(smooth, box, lungs)
  const outside = new Uint8Array(SIDE * SIDE)
  const waiting: number[] = []
  const visit = (x: number, y: number) => {
    if (x < 0 || y < 0 || x >= SIDE || y >= SIDE) return
    const index = y * SIDE + x
    const onFilm = x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height
    if (outside[index] || (onFilm && ((smooth[index] ?? 0) > threshold || lungs[index]))) return
    outside[index] = 1
    waiting.push(index)
  }
  for (let i = 0; i < SIDE; i++) {
    visit(i, 0)
    visit(i, SIDE - 1)
    visit(0, i)
    visit(SIDE - 1, i)
  }
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const [x, y] = [index % SIDE, Math.floor(index / SIDE)]
    visit(x - 1, y)
    visit(x + 1, y)
    visit(x, y - 1)
    visit(x, y + 1)
  }
  return outside
}

function airThreshold(smooth: Uint8Array, box: ZonePicture['box'], lungs: Uint8Array): number {
  const all: number[] = []
  const body: number[] = []
  for (let y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < box.x + box.width; x++) {
      const index = y * SIDE + x
      const level = smooth[index] ?? 0
      all.push(level)
      const central = Math.abs(x - box.x - box.width / 2) < box.width * 0.3
      if (central && !lungs[index]) body.push(level)
    }
  const middle = (values: number[], share: number) =>
    orderStatistic(Float32Array.from(values), Math.round(share * (values.length - 1)))
  const dark = middle(all, DARK)
  const tissue = middle(body, 0.5)
  return tissue - dark < LEAST_DISTANCE ? -1 : dark + SHARE_OF_BODY * (tissue - dark)
}
