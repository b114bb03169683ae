import { basename } from 'node:path'
import {
  MODEL_SIZE,
  type AuditEvent,
  type AuditRecord,
  type AuditRequest,
  type AuditResult,
  type Film,
  type ModelInput,
} from '../../contract'
import { auditRecordOf } from '../domain/auditRecord'
import type { Clock, Engine } from '../ports'

/** How films are audited; one choice for any number of them. */
export type AuditChoice = Omit<AuditRequest, 'picture'>

export interface AuditFilmDeps {
  readonly engine: Engine
  readonly clock: Clock
  readonly productVersion: string
}

/** One film through the engine, and the record of it. A cancelled audit answers with what it has. */
export async function auditFilm(
  { engine, clock, productVersion }: AuditFilmDeps,
  what: {
    readonly file: string
    readonly film: Pick<Film, 'header'>
    readonly input: ModelInput
    readonly choice: AuditChoice
  },
  options: { readonly onEvent: (event: AuditEvent) => void; readonly signal: AbortSignal },
): Promise<{ record: AuditRecord; result: AuditResult }> {
  const { input, choice, film, file } = what
  const result = await engine.call('audit', { ...choice, picture: input.pixels }, options)
  const createdAt = clock.now().toISOString()
  return {
    result,
    record: auditRecordOf(result, { file: basename(file), header: film.header, input, createdAt, productVersion }),
  }
}

/** The three maps of maps.safetensors: bits per pixel, float32 [H, W]. */
export function mapTensors({ originalMap, simplifiedMap }: AuditResult) {
  const shape = [MODEL_SIZE, MODEL_SIZE]
  return {
    original: { shape, data: originalMap },
    simplified: { shape, data: simplifiedMap },
    removed: { shape, data: originalMap.map((bits, i) => bits - (simplifiedMap[i] ?? 0)) },
  }
}
