import { basename } from 'node:path'
import { MODEL_SIZE, SimpleBitsError, ZONE_NAMES, type WireError, type ZoneName, type Zones } from '../../contract'
import { modelInput } from '../domain/modelInput'
import { drawOutlines, tileSheet, zonedPicture } from '../domain/zones'
import type { FilmSource, PictureWriter } from '../ports'

export type ZonedFile =
  | {
      readonly file: string
      readonly zones: Zones
      readonly chestDoubt: string | null
      readonly area: Readonly<Record<ZoneName, number>>
    }
  | { readonly file: string; readonly error: WireError }

/** Zones of films, one after the other, and on request a sheet of all outlines. A film that fails is a row. */
export async function* zonesOfFiles(
  { films, pictures }: { readonly films: FilmSource; readonly pictures: PictureWriter },
  request: { readonly paths: readonly string[]; readonly sheet: string | null; readonly signal: AbortSignal },
): AsyncGenerator<ZonedFile> {
  const { files } = await films.discover(request.paths, request.signal)
  const tiles = []
  for (const file of files) {
    if (request.signal.aborted) break
    try {
      const input = modelInput(await films.read(file, request.signal))
      const { zones, labels, chestDoubt } = zonedPicture({ pixels: input.pixels, box: input.record.box })
      const area = Object.fromEntries(ZONE_NAMES.map((name, label) => [name, shareOf(labels, label)])) as Record<
        ZoneName,
        number
      >
      tiles.push(drawOutlines(input.pixels, labels, zones))
      yield { file: basename(file), zones, chestDoubt, area }
    } catch (error) {
      yield { file: basename(file), error: SimpleBitsError.from(error).toWire() }
    }
  }
  if (request.sheet !== null && tiles.length > 0) await pictures.writeColour(tileSheet(tiles), request.sheet)
}

function shareOf(labels: Uint8Array, label: number): number {
  return labels.reduce((sum, other) => sum + (other === label ? 1 : 0), 0) / MODEL_SIZE ** 2
}
