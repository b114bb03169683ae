import { basename } from 'node:path'
import {
  MODEL_SIZE,
  removedMap,
  type AuditEvent,
  type AuditRecord,
  type AuditRequest,
  type AuditRestriction,
  type AuditResult,
  type Film,
  type ModelInput,
  type Zones,
} from '../../contract'
import { auditRecordOf } from '../domain/auditRecord'
import { auditedHow, keptBy, zonedPicture, zoneReportOf } from '../domain/zones'
import type { Clock, Engine } from '../ports'

/** How films are audited; one choice for any number of them. */
export type AuditChoice = Omit<AuditRequest, 'picture' | 'keep'>

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
    /** As corrected; absent or null: found here. */
    readonly zones?: Zones | null
    /** Which part may be simplified; absent or null: all of it. */
    readonly restriction?: AuditRestriction | null
  },
  options: { readonly onEvent: (event: AuditEvent) => void; readonly signal: AbortSignal },
): Promise<{ record: AuditRecord; result: AuditResult }> {
  const { input, choice, film, file } = what
  const picture = { pixels: input.pixels, box: input.record.box }
  const { zones, labels, chestDoubt } = zonedPicture(picture, what.zones)
  const kept = what.restriction ? keptBy(what.restriction, labels) : null
  const request = { ...choice, picture: input.pixels, ...(kept ? { keep: kept.keep } : {}) }
  const result = await engine.call('audit', request, options)
  const { originalMap: original, simplifiedMap: simplified, flatMap: flat } = result
  const { flatBits } = result.outcome
  const restriction = kept?.recorded ?? null
  const createdAt = clock.now().toISOString()
  return {
    result,
    record: auditRecordOf(result, {
      ...{ file: basename(file), header: film.header, input, createdAt, productVersion },
      zones: zoneReportOf(zones, labels, {
        maps: { original, simplified, flatBits, flat },
        how: auditedHow({ ...result.outcome, flow: result.flow, restriction: restriction ?? undefined }),
      }),
      restriction,
      chestDoubt,
    }),
  }
}

/** The maps of maps.safetensors: bits per pixel, float32 [H, W]; `flat` is the flat picture that bits above flat count from. */
export function mapTensors({ originalMap, simplifiedMap, flatMap }: AuditResult) {
  const shape = [MODEL_SIZE, MODEL_SIZE]
  return {
    original: { shape, data: originalMap },
    simplified: { shape, data: simplifiedMap },
    removed: { shape, data: removedMap(originalMap, simplifiedMap) },
    flat: { shape, data: flatMap },
  }
}
