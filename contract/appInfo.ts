import { z } from 'zod'
import { engineInfo } from './engine'
import { RESEARCH_USE_ONLY } from './shared'

export const engineState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('starting') }),
  z.strictObject({ state: z.literal('ready'), info: engineInfo }),
  z.strictObject({ state: z.literal('dead'), message: z.string() }),
])
export type EngineState = z.infer<typeof engineState>

/** What the window knows of the program it belongs to. */
export const appInfo = z.strictObject({
  version: z.string(),
  engine: engineState,
  researchUseOnly: z.literal(RESEARCH_USE_ONLY),
  platform: z.string(),
  electron: z.string(),
})
export type AppInfo = z.infer<typeof appInfo>
