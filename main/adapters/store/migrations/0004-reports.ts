import type { Migration } from './migration'

/** Which reports left the store: where to, when, and what they were (sha256 of the PDF). */
export const reports: Migration = {
  number: 4,
  name: 'reports',
  sql: `
    CREATE TABLE reports (
      id INTEGER PRIMARY KEY,
      film TEXT NOT NULL REFERENCES films (id) ON DELETE CASCADE,
      path TEXT NOT NULL,
      written_at TEXT NOT NULL,
      sha256 TEXT NOT NULL
    ) STRICT;
    CREATE INDEX reports_by_film ON reports (film);
  `,
}
