import type { AuditRecord, AuditResult, ModelName, Progress } from '../../../contract'
import type { Engine } from '../../ports'

/** Which further tests of each audit were asked for. */
export interface TestChoice {
  readonly randomise: boolean
  readonly fresh: ModelName | null
}

/** The record with its further tests; as it was where none were asked for, or where the audit was cut off. */
export async function testedRecord(
  engine: Pick<Engine, 'call'>,
  of: {
    readonly record: AuditRecord
    readonly result: AuditResult
    readonly picture: Uint8Array
    readonly tests: TestChoice
  },
  call: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void },
): Promise<AuditRecord> {
  const { record, result, picture, tests } = of
  if ((!tests.randomise && !tests.fresh) || record.stopped === 'cancelled') return record
  const { objective, seed } = record
  const models = { model: record.model.name, flow: record.flow.name }
  const found = await engine.call(
    'furtherTests',
    { ...models, picture, simplified: result.simplifiedPicture, objective, seed, ...tests },
    {
      signal: call.signal,
      onEvent: ({ progress }) => call.onProgress({ ...progress, note: `further tests: ${progress.note}` }),
    },
  )
  return { ...record, tests: found }
}
