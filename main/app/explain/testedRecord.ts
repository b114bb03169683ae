import {
  SimpleBitsError,
  type AuditRecord,
  type AuditResult,
  type FurtherTests,
  type ModelName,
  type Progress,
  type WireError,
} from '../../../contract'
import type { Engine } from '../../ports'

/** Which further tests of each audit were asked for. */
export interface TestChoice {
  readonly randomise: boolean
  readonly fresh: ModelName | null
}

interface TestedRecord {
  readonly record: AuditRecord
  /** Why the record is without the further tests that were asked for; null where nothing failed. */
  readonly testsFailed: WireError | null
}

interface Tested {
  readonly record: AuditRecord
  readonly result: AuditResult
  readonly picture: Uint8Array
  readonly tests: TestChoice
}

interface TestCall {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

/** The record with its further tests; as it was where none were asked for, where the audit was cut off, or where they failed. */
export async function testedRecord(engine: Pick<Engine, 'call'>, of: Tested, call: TestCall): Promise<TestedRecord> {
  const { record, tests } = of
  if ((!tests.randomise && !tests.fresh) || record.stopped === 'cancelled') return { record, testsFailed: null }
  try {
    return { record: { ...record, tests: await furtherTests(engine, of, call) }, testsFailed: null }
  } catch (error) {
    return { record, testsFailed: SimpleBitsError.from(error).toWire() }
  }
}

function furtherTests(
  engine: Pick<Engine, 'call'>,
  { record, result, picture, tests }: Tested,
  { signal, onProgress }: TestCall,
): Promise<FurtherTests> {
  const { objective, seed } = record
  const models = { model: record.model.name, flow: record.flow.name }
  return engine.call(
    'furtherTests',
    { ...models, picture, simplified: result.simplifiedPicture, objective, seed, ...tests },
    {
      signal,
      onEvent: ({ progress }) => onProgress({ ...progress, note: `further tests: ${progress.note}` }),
    },
  )
}
