import type { Rival } from '../audit'

/** The settings of kind `start` are of earlier versions, which searched from a picture between grey and film. */
export function rivalName({ kind, setting }: Rival): string {
  if (setting === null) return 'Starting picture (from the instant estimate)'
  if (kind === 'blur') return `Blur, ${setting.toFixed(1)} pixels`
  if (kind === 'jpeg') return `JPEG, quality ${setting.toFixed(0)}`
  const share = `${(setting * 100).toFixed(0)} %`
  return kind === 'even' ? `All detail weakened to ${share}` : `Starting picture, ${share} of the way to the film`
}
