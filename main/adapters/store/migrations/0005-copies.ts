import type { Migration } from './migration'

/** Films whose file was copied into the store: the copy's name under films/, which says nothing of the film. */
export const copies: Migration = {
  number: 5,
  name: 'copies',
  sql: `ALTER TABLE films ADD COLUMN copy TEXT;`,
}
