import type { PixelSpacing } from '../film'

/** The unit of distances on a film, in the plane that the file's pixel size belongs to: never claiming more than it does. */
export function millimetreUnit({ plane }: PixelSpacing): string {
  return plane === 'detector' ? 'mm at detector' : 'mm (calibrated)'
}
