import type { FlowMeasurement, ModelName, Progress } from '../../contract'
import { flowRows, type FlowRow } from '../domain/flowRows'
import { meanInterval } from '../engine/metrics'
import { seededRng } from '../engine/rng'
import type { Engine } from '../ports'

/** Of the resampling, as on the model cards: the same films give the same interval. */
const SEED = 20_220_106

/**
 * A flow on the films that its own training held out, in the engine process; by group, with 95 % bootstrap intervals over films.
 * @throws SimpleBitsError BAD_REQUEST, MODEL_NOT_FOUND, MODEL_CORRUPT, DATA_MISSING, CANCELLED, ENGINE_DIED
 */
export async function measureFlow(
  engine: Pick<Engine, 'call'>,
  request: { flow: ModelName; data: string },
  options: { onProgress: (progress: Progress) => void; signal: AbortSignal },
): Promise<{ measurement: FlowMeasurement; rows: FlowRow[] }> {
  const call = { onEvent: options.onProgress, signal: options.signal }
  const measurement = await engine.call('measureFlow', request, call)
  const rows = flowRows(measurement.films, (values) => meanInterval(values, seededRng(SEED)))
  return { measurement, rows }
}
