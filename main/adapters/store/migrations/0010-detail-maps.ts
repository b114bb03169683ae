import type { Migration } from './migration'

/** The share of the film's detail that each stop of an audit has left; audits of before it was kept have none. */
export const detailMaps: Migration = {
  number: 10,
  name: 'detail maps',
  sql: `ALTER TABLE audit_frames ADD COLUMN detail BLOB;`,
}
