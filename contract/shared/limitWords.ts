import type { AuditRecord } from '../audit'

/** " (limit 0.40)", behind an activation distance: up to where the search took pictures. It is one of the distance that was matched. */
export function limitWords({ objective, settings }: Pick<AuditRecord, 'objective' | 'settings'>): string {
  const { limitDistance } = settings
  return objective === 'activation' && typeof limitDistance === 'number' ? ` (limit ${limitDistance.toFixed(2)})` : ''
}
