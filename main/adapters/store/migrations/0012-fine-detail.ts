import type { Migration } from './migration'

/** The share of the film's fine detail that an audit's result has left, which the shortcut alarm goes by. */
export const fineDetail: Migration = {
  number: 12,
  name: 'fine detail',
  sql: `ALTER TABLE audits ADD COLUMN fine_detail BLOB;`,
}
