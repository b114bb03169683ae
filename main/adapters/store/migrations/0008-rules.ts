import type { Migration } from './migration'

/** By which calibration and threshold a decision was made: a hash, NULL in decisions of before. */
export const rules: Migration = {
  number: 8,
  name: 'rules',
  sql: `ALTER TABLE decisions ADD COLUMN rule TEXT;`,
}
