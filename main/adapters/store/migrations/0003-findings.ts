import type { Migration } from './migration'

/** What readers wrote down of a film, every version: contract/review.ts. */
export const findings: Migration = {
  number: 3,
  name: 'findings',
  sql: `
    CREATE TABLE findings (
      film TEXT NOT NULL REFERENCES films (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      finding TEXT NOT NULL,
      PRIMARY KEY (film, number)
    ) STRICT, WITHOUT ROWID;
  `,
}
