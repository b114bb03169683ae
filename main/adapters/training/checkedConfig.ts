import type { z } from 'zod'
import { issuesOf, SimpleBitsError } from '../../../contract'

/**
 * A training's configuration, held against its schema.
 * @throws SimpleBitsError BAD_REQUEST that names the settings that do not fit
 */
export function checkedConfig<S extends z.ZodType>(schema: S, config: unknown): z.infer<S> {
  const parsed = schema.safeParse(config)
  if (parsed.success) return parsed.data
  const problems = issuesOf(parsed.error, 'configuration').join('; ')
  throw new SimpleBitsError('BAD_REQUEST', `The training configuration is wrong. ${problems}`)
}
