import { MODEL_SIZE, SimpleBitsError, ZONE_NAMES, type WireError, type ZoneName, type Zones } from '../../../contract'
import { modelInput } from '../../domain/modelInput'
import { drawOutlines, tileSheet, zonedPicture } from '../../domain/zones'
import type { FilmSource, PictureWriter } from '../../ports'

interface Deps {
  readonly films: FilmSource
  readonly pictures: PictureWriter
}

interface ZonesRequest {
  /** Files or folders. */
  readonly paths: readonly string[]
  /** Where a sheet of all outlines goes; null: none is drawn. */
  readonly sheet: string | null
  readonly signal: AbortSignal
}

type ZonedFile =
  | {
      readonly file: string
      readonly zones: Zones
      readonly chestDoubt: string | null
      readonly area: Readonly<Record<ZoneName, number>>
    }
  | { readonly file: string; readonly error: WireError }

/**
 * Zones of films, one after the other, and how many files of the folders are no films. A film that fails is a row. Ended
 * early, no sheet is drawn.
 */
export async function zonesOfFiles(
  deps: Deps,
  request: ZonesRequest,
): Promise<{ readonly skipped: number; readonly rows: AsyncGenerator<ZonedFile> }> {
  const { files, skipped } = await deps.films.discover(request.paths, request.signal)
  return { skipped, rows: zonesOneByOne(deps, files, request) }
}

async function* zonesOneByOne(
  { films, pictures }: Deps,
  files: readonly string[],
  { sheet, signal }: ZonesRequest,
): AsyncGenerator<ZonedFile> {
  const tiles = []
  for (const file of files) {
    if (signal.aborted) return
    try {
      const input = modelInput(await films.read(file, signal))
      const { zones, labels, chestDoubt } = zonedPicture({ pixels: input.pixels, box: input.record.box })
      const area = Object.fromEntries(ZONE_NAMES.map((name, label) => [name, shareOf(labels, label)])) as Record<
        ZoneName,
        number
      >
      tiles.push(drawOutlines(input.pixels, labels, zones))
      yield { file, zones, chestDoubt, area }
    } catch (error) {
      if (signal.aborted) return
      yield { file, error: SimpleBitsError.from(error).toWire() }
    }
  }
  if (sheet !== null && !signal.aborted && tiles.length > 0) await pictures.writeColour(tileSheet(tiles), sheet)
}

function shareOf(labels: Uint8Array, label: number): number {
  return labels.reduce((sum, other) => sum + (other === label ? 1 : 0), 0) / MODEL_SIZE ** 2
}
