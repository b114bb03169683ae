import { pngPictureWriter } from '../adapters/pictures'
import { zonesOfFiles } from '../app'
import { filmPool } from './parts'

/** Zones of films; needs no engine. Close it at the end: its decoders are threads. */
export function composeZones() {
  const films = filmPool()
  return {
    zones: (request: Parameters<typeof zonesOfFiles>[1]) =>
      zonesOfFiles({ films, pictures: pngPictureWriter }, request),
    close: () => films.close(),
  }
}
