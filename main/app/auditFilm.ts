import { basename } from 'node:path'
import {
  detailShares,
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
import { auditRecordOf, detailOfFrame, framesOf } from '../domain/auditRecord'
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
  const { originalMap: original, simplifiedMap: simplified, flatMap: flat, fineDetail } = result
  const { flatBits } = result.outcome
  const restriction = kept?.recorded ?? null
  const createdAt = clock.now().toISOString()
  return {
    result,
    record: auditRecordOf(result, {
      file: basename(file),
      header: film.header,
      input,
      createdAt,
      productVersion,
      zones: zoneReportOf(zones, labels, {
        maps: { original, simplified, flatBits, flat, detail: chosenDetail(result), fineDetail },
        how: auditedHow({ ...result.outcome, flow: result.flow, restriction: restriction ?? undefined }),
      }),
      restriction,
      chestDoubt,
    }),
  }
}

/**
 * The maps of maps.safetensors, float32 [H, W]. Bits per pixel, where `flat` is the flat picture that bits above flat count from;
 * `detail` is the share of the film's detail that the simplified picture has left, 0 … 1.
 */
export function mapTensors(result: AuditResult) {
  const { originalMap, simplifiedMap, flatMap } = result
  const shape = [MODEL_SIZE, MODEL_SIZE]
  const detail = detailShares(chosenDetail(result) ?? new Uint8Array())
  return {
    original: { shape, data: originalMap },
    simplified: { shape, data: simplifiedMap },
    removed: { shape, data: removedMap(originalMap, simplifiedMap) },
    flat: { shape, data: flatMap },
    detail: { shape, data: detail },
  }
}

function chosenDetail(result: AuditResult): Uint8Array | undefined {
  return detailOfFrame(framesOf(result), result.outcome.simplified.frame)
}
