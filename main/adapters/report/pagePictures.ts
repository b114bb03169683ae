import { contrastWindow, greyOf, MODEL_SIZE } from '../../../contract'
import { areaAverage } from '../../domain/areaAverage'
import { paintBitMap } from '../../domain/colourMap'
import { enlargeSmoothly } from '../../domain/enlargeSmoothly'
import type { GreyPicture } from '../../domain/greyPicture'
import type { CaseReport } from '../../domain/report'
import { keyPictureName } from './keyImagesPage'
import { dataUrl, encodeColour, encodeGrey } from '../pictures'

/** Pixels a side of the large pictures: about 300 an inch at the width they are printed. */
const SIDE = 640

/** The pictures of the report as PNG data addresses, by the names that the layout uses. */
export function pagePictures({ pictures, strip, keyImages }: CaseReport): Record<string, string> {
  const { originalMap, keptMap, removedMap, scale, detail } = pictures
  const map = (values: Float32Array, of = scale) => dataUrl(encodeColour(paintBitMap(values, of, SIDE / MODEL_SIZE)))
  const stops = strip.map(({ picture }, i): [string, string] => [
    `stop${i}`,
    dataUrl(encodeGrey(windowed(picture, contrastWindow(picture)))),
  ])
  return {
    film: dataUrl(encodeGrey(filmInSquare(pictures))),
    simplified: dataUrl(
      encodeGrey(enlargeSmoothly(windowed(pictures.simplified, pictures.simplifiedWindow), SIDE, SIDE)),
    ),
    originalMap: map(originalMap),
    keptMap: map(keptMap),
    removedMap: map(removedMap),
    ...(detail === null ? {} : { detailMap: map(detail.map, detail.scale) }),
    ...Object.fromEntries(stops),
    ...Object.fromEntries(
      keyImages.map(({ picture }, i) => [
        keyPictureName(i),
        `data:image/jpeg;base64,${Buffer.from(picture).toString('base64')}`,
      ]),
    ),
  }
}

/** A picture of the model's in a window; before it is enlarged, so that its few levels leave no steps. */
function windowed(levels: Uint8Array, window: ReturnType<typeof contrastWindow>): GreyPicture {
  const pixels = levels.map((level) => Math.round(255 * greyOf(window, level)))
  return { width: MODEL_SIZE, height: MODEL_SIZE, pixels }
}

/** The film where the model's letterbox puts it, so that the pictures of a row lie over each other. */
function filmInSquare({ film, box }: CaseReport['pictures']): GreyPicture {
  const scale = SIDE / MODEL_SIZE
  const to = { width: Math.round(box.width * scale), height: Math.round(box.height * scale) }
  const sized = resize(film, to)
  const left = Math.round(box.x * scale)
  const top = Math.round(box.y * scale)
  const pixels = new Uint8Array(SIDE * SIDE)
  for (let y = 0; y < to.height; y++) {
    const row = sized.subarray(y * to.width, (y + 1) * to.width)
    pixels.set(row, (y + top) * SIDE + left)
  }
  return { width: SIDE, height: SIDE, pixels }
}

function resize(film: GreyPicture, to: { width: number; height: number }): Uint8Array {
  if (film.width < to.width || film.height < to.height) return enlargeSmoothly(film, to.width, to.height).pixels
  return Uint8Array.from(areaAverage(film.pixels, film, to), Math.round)
}
