import { z } from 'zod'
import { byteArray } from './binary'
import { caseId } from './ids'
import { MODEL_SIZE, ZONE_NAMES } from './shared'

export const zoneName = z.enum(ZONE_NAMES)

/** In model pixels: x to the right, y down, (0, 0) the outer corner of the first pixel. */
const zonePoint = z.strictObject({ x: z.number().min(-64).max(192), y: z.number().min(-64).max(192) })
export type ZonePoint = z.infer<typeof zonePoint>

/** One lung field as a closed polygon, how far it is to be trusted, and why not further. */
const lungOutline = z.strictObject({
  points: z.array(zonePoint).min(6).max(64),
  /** 0 … 1: how clearly the picture shows this edge. */
  confidence: z.number().min(0).max(1),
  /** The base was not seen and was taken over from the other side. */
  baseExtrapolated: z.boolean(),
})
export type LungOutline = z.infer<typeof lungOutline>

/** The two lung fields of one film; every other zone follows from them and from the picture. */
export const zones = z.strictObject({
  version: z.literal('zones/1'),
  source: z.enum(['automatic', 'corrected']),
  pictureLeft: lungOutline,
  pictureRight: lungOutline,
  /** False where something speaks against these outlines; `reasons` says what, a sentence each. */
  sure: z.boolean(),
  reasons: z.array(z.string().max(400)).max(12),
})
export type Zones = z.infer<typeof zones>

/** What one zone holds of a bit map. Shares are of the whole picture. */
const zoneBits = z.strictObject({
  zone: zoneName,
  pixels: z.number().int().nonnegative(),
  area: z.number(),
  /** Bits of the simplified picture and of the film in this zone. */
  bits: z.number(),
  filmBits: z.number(),
  /** Share of the bits above flat that survived, and of the film's; null where there are none to share. */
  share: z.number().nullable(),
  filmShare: z.number().nullable(),
  /** Share of the film's detail that is left in this zone, 0 … 1; null in an empty zone, absent in records of earlier versions. */
  detail: z.number().nullable().optional(),
})
export type ZoneBits = z.infer<typeof zoneBits>

const rang = z.strictObject({ audits: z.number().int().positive(), rang: z.number().int().nonnegative() })

const alarmBasis = {
  /** What the alarm goes by. */
  measure: z.literal('fineDetail'),
  threshold: z.number(),
  /** Audits of classifiers that cheat, which set the threshold, and on how many of them it rings. */
  cheating: rang,
  /** Audits of clean classifiers, and on how many of them it rings all the same. */
  clean: rang,
}

/** Highest share of the film's fine detail that is left in border, markers or outside the body, 0 … 1. */
const alarmPeak = z.number()

const raisedAlarm = z.strictObject({
  raised: z.literal(true),
  ...alarmBasis,
  peak: alarmPeak,
  /** The zone that rings loudest. */
  zone: zoneName,
  /** A frame round what rings there, in model pixels. */
  place: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
})
export type RaisedAlarm = z.infer<typeof raisedAlarm>

const restingAlarm = z.strictObject({
  raised: z.literal(false),
  ...alarmBasis,
  /** Null where no pixel lies outside anatomy. */
  peak: alarmPeak.nullable(),
  zone: z.null(),
  place: z.null(),
})
export type RestingAlarm = z.infer<typeof restingAlarm>

/** Whether fine detail survived where no anatomy is. */
export const shortcutAlarm = z.discriminatedUnion('raised', [raisedAlarm, restingAlarm])
export type ShortcutAlarm = z.infer<typeof shortcutAlarm>

/** Which part of the picture an audit may simplify. */
const restrictionMode = z
  .enum(['keep', 'only'])
  .describe('keep: the zone stays as on the film, all else is simplified; only: the other way round')

/** An audit restricted to zones, or to a brushed mask (1 a brushed pixel, row-major [128 · 128]; then no zones). */
export const auditRestriction = z
  .strictObject({ mode: restrictionMode, zones: z.array(zoneName).max(ZONE_NAMES.length), mask: byteArray.nullable() })
  .refine(
    ({ zones: named, mask }) =>
      mask === null ? named.length > 0 : named.length === 0 && mask.length === MODEL_SIZE * MODEL_SIZE,
    { message: 'name zones, or brush 128 × 128 pixels, not both' },
  )
export type AuditRestriction = z.infer<typeof auditRestriction>

/** As it stands in the record; `pixels` is how many pixels stayed as on the film. */
export const recordedRestriction = z.strictObject({
  mode: restrictionMode,
  zones: z.array(zoneName),
  brushed: z.boolean(),
  pixels: z.number().int().nonnegative(),
})
export type RecordedRestriction = z.infer<typeof recordedRestriction>

/** The alarm of earlier versions went by bits and rang for nothing too often: such a record reads as not judged. */
const withoutFormer = (alarm: unknown) =>
  typeof alarm === 'object' && alarm !== null && !('measure' in alarm) ? null : alarm

/** Everything of an audit that goes by zones: in `audit.json` under `zones`. */
export const zoneReport = z.strictObject({
  zones,
  bits: z.array(zoneBits),
  alarm: z.preprocess(withoutFormer, shortcutAlarm.nullable()),
})
export type ZoneReport = z.infer<typeof zoneReport>

/** What the window gets: outlines and a zone number (index into `ZONE_NAMES`) for each of the 128 × 128 pixels. */
const zoneView = z.strictObject({
  zones,
  labels: byteArray,
  /** What speaks against an upright frontal chest film, a sentence; null where nothing does. */
  chestDoubt: z.string().nullable(),
  /** The audit's bits by zone and alarm under these zones; null where the case has no audit. */
  report: zoneReport.nullable(),
  /** What the audit's record warns of under these zones; null where the case has no audit. */
  warnings: z.array(z.string()).nullable(),
})
export type ZoneView = z.infer<typeof zoneView>

export const zoneCalls = {
  /** The case's zones: as corrected, else as found. */
  zones: { params: z.strictObject({ caseId }), result: zoneView },
  /** Keeps corrected outlines; null goes back to the automatic ones. */
  saveZones: {
    params: z.strictObject({ caseId, zones: zones.nullable() }),
    result: zoneView,
  },
} as const
