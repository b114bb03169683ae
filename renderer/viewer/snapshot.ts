import { toCanvas, type FilmPoint, type Projection } from './geometry'
import type { EdgeLetters } from './orientation'
import { paintShapes, type Shape } from './shapes'
import type { LinkedViewport } from './viewport'

/** Longest side of a kept picture in pixels: sharp on a printed page, small enough to be kept by the dozen. */
const LONGEST = 1100
const JPEG_QUALITY = 0.92

interface Snapshot {
  /** JPEG. */
  readonly picture: Uint8Array
  readonly width: number
  readonly height: number
}

/** What a viewport shows, with measurements and anatomical letters, as a picture of its own. */
export async function snapshotOf(
  viewport: LinkedViewport,
  drawn: { shapes: (project: (point: FilmPoint) => FilmPoint) => readonly Shape[]; letters: EdgeLetters | null },
): Promise<Snapshot> {
  const { film, view, canvas: shown } = viewport.projection()
  const enlarge = LONGEST / Math.max(shown.width, shown.height)
  const size = { width: Math.round(shown.width * enlarge), height: Math.round(shown.height * enlarge) }
  const canvas = Object.assign(document.createElement('canvas'), size)
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new Error('The picture could not be drawn. Try again.')
  viewport.paint(context, view, size)
  const projection: Projection = { film, view, canvas: size }
  paintShapes(
    context,
    drawn.shapes((point) => toCanvas(projection, point)),
  )
  if (drawn.letters) paintLetters(context, drawn.letters, size)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY))
  if (!blob) throw new Error('The picture could not be made. Try again.')
  return { picture: new Uint8Array(await blob.arrayBuffer()), ...size }
}

function paintLetters(
  context: CanvasRenderingContext2D,
  letters: EdgeLetters,
  { width, height }: { width: number; height: number },
): void {
  context.font = '600 24px Inter, sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.lineWidth = 4
  context.strokeStyle = '#000'
  context.fillStyle = '#fff'
  const write = (text: string, x: number, y: number) => {
    context.strokeText(text, x, y)
    context.fillText(text, x, y)
  }
  write(letters.left, 26, height / 2)
  write(letters.right, width - 26, height / 2)
  write(letters.top, width / 2, 24)
  write(letters.bottom, width / 2, height - 24)
}
