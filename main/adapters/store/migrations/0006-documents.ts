import type { Migration } from './migration'

/** Further things kept of a film, one JSON document a kind: zones corrected by hand, for one. */
export const documents: Migration = {
  number: 6,
  name: 'documents',
  sql: `
    CREATE TABLE documents (
      film TEXT NOT NULL REFERENCES films (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      document TEXT NOT NULL,
      PRIMARY KEY (film, kind)
    ) STRICT, WITHOUT ROWID;
  `,
}
