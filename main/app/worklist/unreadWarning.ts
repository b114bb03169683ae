import type { CaseSummary } from '../../../contract'
import type { UnreadPart } from '../../ports'

const WORDS: Readonly<Record<UnreadPart, string>> = {
  audit: 'an audit',
  findings: 'some findings',
  zones: 'corrected lung outlines',
  marks: 'measurements and key images',
}
const list = new Intl.ListFormat('en-GB')

/** Said of a case of which something is kept that cannot be read. */
export function unreadWarning(unread: readonly UnreadPart[]): CaseSummary['warnings'] {
  if (unread.length === 0) return []
  const parts = list.format(unread.map((part) => WORDS[part]))
  const message = `The store holds ${parts} of this film that cannot be read. They are not shown and stay as they are; a newer version of the program may be able to read them.`
  return [{ code: 'STORE_UNREADABLE', message, mustConfirm: false }]
}
