import { z } from 'zod'
import { objectiveName, presetName } from './audit'
import { backendChoice } from './engine'
import { identification } from './identification'

export const settings = z.strictObject({
  preset: presetName,
  objective: objectiveName,
  seed: z.number().int(),
  backend: backendChoice,
  identification,
  reader: z.string(),
  /** Films that come in are copied into the store, enciphered. */
  copyFilms: z.boolean(),
  /** Where the training lab looks for its data; null: where it is told at the start. Chosen in the program's own dialog alone. */
  dataFolder: z.string().nullable(),
  layout: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
})
export type Settings = z.infer<typeof settings>
