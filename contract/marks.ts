import { z } from 'zod'
import { byteArray } from './binary'
import { voiWindow } from './film'
import { caseId } from './ids'
import { nothing } from './nothing'
import { readerName } from './review'
import { MOST_KEY_IMAGES, MOST_MEASUREMENTS } from './shared'

/** What a reader marks on a case: measurements and key images; part of the window's door (`workstation.ts`). */

/** A place on the film in film pixels: x along a row, y down a column, (0, 0) the outer corner of the first pixel. */
export const placeOnFilm = z.strictObject({ x: z.number(), y: z.number() })

const number = z.number().int().positive()
const measurementKind = z.enum(['length', 'angle', 'rectangle', 'ellipse'])
export type MeasurementKind = z.infer<typeof measurementKind>

/**
 * Points by kind. length: its ends; angle: an arm's end, the vertex, the other arm's end; rectangle and ellipse: two opposite
 * corners of the box around them, along the film's rows and columns.
 */
export const measurement = z
  .strictObject({
    id: number,
    kind: measurementKind,
    points: z.array(placeOnFilm).min(2).max(3),
    /** Who made it. Absent: nobody was named, or it is of before that was kept; it is everybody's. */
    reader: readerName.optional(),
  })
  .refine(({ kind, points }) => points.length === (kind === 'angle' ? 3 : 2), 'the points do not fit the kind')
export type Measurement = z.infer<typeof measurement>

const MOST_PICTURE_BYTES = 2_000_000
const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff

/** One view that the reader kept, as it stood on screen. */
export const keyImage = z.strictObject({
  id: number,
  /** Of the picture shown, as on screen. */
  title: z.string().max(80),
  caption: z.string().max(300),
  /** JPEG, with what was drawn on the film. */
  picture: byteArray.refine((bytes) => isJpeg(bytes) && bytes.length <= MOST_PICTURE_BYTES, 'must be a small JPEG'),
  width: z.number().int().positive().max(4096),
  height: z.number().int().positive().max(4096),
  /** Which picture that is, window and level, zoom, turn in words, as printed under it. */
  shownAs: z.string().max(300),
  /** For going back to it. */
  view: z.strictObject({
    pane: z.string().max(40),
    zoom: z.number().positive(),
    centre: placeOnFilm,
    turn: z.strictObject({
      quarters: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
      mirrored: z.boolean(),
    }),
    invert: z.boolean(),
    /** Null where a table of the file or another picture's levels were on. */
    window: voiWindow.nullable(),
  }),
  createdAt: z.iso.datetime(),
  /** As that of a measurement. */
  reader: readerName.optional(),
})
export type KeyImage = z.infer<typeof keyImage>

/** All that is kept of a case, of however many readers. */
export const keptMarks = z.strictObject({ measurements: z.array(measurement), keyImages: z.array(keyImage) })

/** One reader's. */
export const caseMarks = z.strictObject({
  measurements: z.array(measurement).max(MOST_MEASUREMENTS),
  keyImages: z.array(keyImage).max(MOST_KEY_IMAGES),
})
export type CaseMarks = z.infer<typeof caseMarks>

/** How much other readers marked that the present one may not see yet: what goes with a case that is removed. */
const hiddenMarks = z.strictObject({
  measurements: z.number().int().nonnegative(),
  keyImages: z.number().int().nonnegative(),
  /** The highest number among them, which no new mark may take; 0 where there is none. */
  lastId: z.number().int().nonnegative(),
})
export type HiddenMarks = z.infer<typeof hiddenMarks>

/** Whose eyes see them; empty where nobody is named. */
const byReader = z.strictObject({ caseId, reader: readerName.or(z.literal('')) })

export const marksCalls = {
  /** Another reader's are hidden until both have given a finding, as findings are. */
  marks: { params: byReader, result: keptMarks.extend({ hidden: hiddenMarks }) },
  /** Takes the place of what this reader saved before, and of what is everybody's. What others marked stays as it is. */
  saveMarks: { params: byReader.extend({ marks: caseMarks }), result: nothing },
} as const
