/** A square of shares, 0 … 1 both ways, in pixels: left, right, top and bottom are the room around it. */
export interface ShareFrame {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  x(share: number): number
  y(share: number): number
  /** The shares at a place in pixels, kept within 0 … 1. */
  shares(at: { readonly x: number; readonly y: number }): { readonly x: number; readonly y: number }
}

const ROOM = { left: 52, right: 24, top: 10, bottom: 42 } as const

export const SHARE_TICKS = [0, 0.25, 0.5, 0.75, 1] as const

export function shareFrame(size: { readonly width: number; readonly height: number }): ShareFrame {
  const width = Math.max(40, size.width - ROOM.left - ROOM.right)
  const height = Math.max(40, size.height - ROOM.top - ROOM.bottom)
  const within = (share: number) => Math.min(1, Math.max(0, share))
  return {
    left: ROOM.left,
    top: ROOM.top,
    width,
    height,
    x: (share) => ROOM.left + share * width,
    y: (share) => ROOM.top + (1 - share) * height,
    shares: ({ x, y }) => ({ x: within((x - ROOM.left) / width), y: within(1 - (y - ROOM.top) / height) }),
  }
}

export const pathOf = (points: readonly { readonly x: number; readonly y: number }[]): string =>
  points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
