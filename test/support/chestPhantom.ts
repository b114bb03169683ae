import { seededRng } from '../../main/engine/rng'

const SIDE = 128

type Ellipse = { readonly x: number; readonly y: number; readonly rx: number; readonly ry: number }

/** A lung is the upper half of a tall ellipse less a dome of the diaphragm and less the heart. */
const CHEST = {
  left: { x: 39, y: 98, rx: 24, ry: 78 },
  right: { x: 89, y: 98, rx: 24, ry: 78 },
  domes: [
    { x: 43, y: 104, rx: 22, ry: 18 },
    { x: 85, y: 104, rx: 22, ry: 16 },
  ],
  heart: { x: 72, y: 78, rx: 20, ry: 22 },
} as const

const inside = (x: number, y: number, e: Ellipse) => ((x - e.x) / e.rx) ** 2 + ((y - e.y) / e.ry) ** 2 <= 1

/** Whether a pixel lies in the phantom's lung on that side of the picture. */
export function inPhantomLung(side: 'left' | 'right', x: number, y: number): boolean {
  const { domes, heart } = CHEST
  const hidden = inside(x, y, heart) || domes.some((dome) => inside(x, y, dome))
  return y <= CHEST[side].y && inside(x, y, CHEST[side]) && !hidden
}

export interface PhantomOptions {
  /** Levels added to the lower part of the lung on the picture's left, as fluid does; 0: none. */
  readonly fluid?: number
  /** Top left corner of a bright 6 × 4 marker. */
  readonly marker?: { readonly x: number; readonly y: number }
}

/** A chest of ellipses: dark air, bright body, two dark lungs, a little seeded noise. Levels row-major [128 · 128]. */
export function chestPhantom({ fluid = 0, marker }: PhantomOptions = {}): {
  pixels: Uint8Array
  box: { x: number; y: number; width: number; height: number }
} {
  const rng = seededRng(11)
  const pixels = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)]
    const noise = 6 * (rng.uniform() - 0.5)
    if (marker && x >= marker.x && x < marker.x + 6 && y >= marker.y && y < marker.y + 4) return 250
    // Neck and shoulders above, the trunk below.
    const body = Math.abs(x - 64) < 16 || inside(x, y, { x: 64, y: 100, rx: 60, ry: 94 })
    if (!body) return 12 + noise
    if (inPhantomLung('left', x, y)) return 80 + noise + (y > 66 ? fluid : 0)
    return inPhantomLung('right', x, y) ? 80 + noise : 170 + noise
  })
  return { pixels, box: { x: 0, y: 0, width: SIDE, height: SIDE } }
}
