import type { Migration } from './migration'

/**
 * Audits and their pictures, a row a picture, so that a large audit is written in many short steps. It comes into being by
 * `complete`; what a killed process left incomplete is swept when the store is opened.
 */
export const audits: Migration = {
  number: 2,
  name: 'audits',
  sql: `
    CREATE TABLE audits (
      id INTEGER PRIMARY KEY,
      film TEXT NOT NULL REFERENCES films (id) ON DELETE CASCADE,
      record TEXT NOT NULL,
      original_map BLOB NOT NULL,
      simplified_map BLOB NOT NULL,
      simplified_picture BLOB NOT NULL,
      complete INTEGER NOT NULL CHECK (complete IN (0, 1))
    ) STRICT;
    CREATE INDEX audits_by_film ON audits (film, complete);

    CREATE TABLE audit_frames (
      audit INTEGER NOT NULL REFERENCES audits (id) ON DELETE CASCADE,
      frame INTEGER NOT NULL,
      picture BLOB NOT NULL,
      map BLOB NOT NULL,
      PRIMARY KEY (audit, frame)
    ) STRICT, WITHOUT ROWID;
  `,
}
