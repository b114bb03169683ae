import type { RaisedAlarm, RestingAlarm } from '../../contract'

const BASIS = {
  measure: 'fineDetail',
  threshold: 0.3,
  cheating: { audits: 126, rang: 120 },
  clean: { audits: 42, rang: 1 },
} as const

/** An alarm that rings at the border, with a threshold of 30 %. */
export function exampleAlarm(changes: Partial<RaisedAlarm> = {}): RaisedAlarm {
  const place = { x: 0, y: 0, width: 24, height: 24 }
  return { raised: true, ...BASIS, peak: 0.48, zone: 'border', place, ...changes }
}

/** One that does not ring at the same threshold. */
export function exampleRest(changes: Partial<RestingAlarm> = {}): RestingAlarm {
  return { raised: false, ...BASIS, peak: 0.12, zone: null, place: null, ...changes }
}
