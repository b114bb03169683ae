import type { ShortcutAlarm } from '../../contract'

/** An alarm that rings at the border, with a threshold of 30 %. */
export function exampleAlarm(changes: Partial<ShortcutAlarm> = {}): ShortcutAlarm {
  return {
    ...{ raised: true, measure: 'fineDetail', peak: 0.48, threshold: 0.3, zone: 'border', place: null },
    ...{ cheating: { audits: 126, rang: 120 }, clean: { audits: 42, rang: 1 } },
    ...changes,
  }
}
