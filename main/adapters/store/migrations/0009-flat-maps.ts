import type { Migration } from './migration'

/** The bit map of the flat picture that an audit's bits above flat count from; audits of before it was kept have none. */
export const flatMaps: Migration = {
  number: 9,
  name: 'flat maps',
  sql: `ALTER TABLE audits ADD COLUMN flat_map BLOB;`,
}
