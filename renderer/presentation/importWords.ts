import type { CallResult } from '../../contract'
import { count } from './words'

/** What an import did, in a line; what failed is listed beside it. */
export function importSummary(outcome: CallResult<'importFiles'>): string {
  const { added, alreadyThere, failed, skipped, cancelled } = outcome
  const others = skipped > 0 ? ` Skipped: ${count(skipped, 'other file or link', 'other files or links')}.` : ''
  if (!cancelled && added.length + alreadyThere + failed.length === 0) return `No film was found there.${others}`
  const again = alreadyThere > 0 ? `, ${alreadyThere} already in the worklist` : ''
  const ended = cancelled ? ' Stopped; import the same again to go on.' : ''
  return `${count(added.length, 'film')} added${again}.${others}${ended}`
}
