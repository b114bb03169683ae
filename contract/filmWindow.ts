import { z } from 'zod'
import { voi } from './film'
import { caseId } from './ids'
import { keyImage, measurement, placeOnFilm } from './marks'
import { nothing } from './nothing'

/** Calls and events of the film's own window on a second screen; part of the window's door (`workstation.ts`). */

/** What the two windows show alike. */
export const sharedStage = z.strictObject({
  caseId: caseId.nullable(),
  view: keyImage.shape.view.pick({ zoom: true, centre: true, turn: true }),
  voi,
  invert: z.boolean(),
  crosshair: z.boolean(),
  /** The place under the cursor, in film pixels. */
  cursor: placeOnFilm.nullable(),
  measurements: z.array(measurement),
})
export type SharedStage = z.infer<typeof sharedStage>

/** The workstation itself, or its film alone on another screen. */
const windowRole = z.enum(['main', 'film'])
export type WindowRole = z.infer<typeof windowRole>

export const filmWindowCalls = {
  /** Opens the film's own window or closes it. */
  showFilmWindow: { params: z.strictObject({ open: z.boolean() }), result: nothing },
  filmWindowIsOpen: { params: nothing, result: z.boolean() },
  /** What one window shows now, for the other. */
  shareStage: { params: z.strictObject({ from: windowRole, stage: sharedStage }), result: nothing },
  /** What was shared last by the main window; null before that. */
  sharedStage: { params: nothing, result: sharedStage.nullable() },
} as const

export const filmWindowEvents = [
  z.strictObject({ type: z.literal('sharedStage'), from: windowRole, stage: sharedStage }),
  z.strictObject({ type: z.literal('filmWindow'), open: z.boolean() }),
] as const
