import type { Migration } from './migration'

/**
 * What was computed beside a film or its audit, the last of each kind: other methods, the picture that flips the decision. `about`
 * names the film, models and audit that it holds for; `arrays` are the pictures and maps that `record` refers to.
 */
export const explanations: Migration = {
  number: 7,
  name: 'explanations',
  sql: `
    CREATE TABLE explanations (
      film TEXT NOT NULL REFERENCES films (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('explanation', 'counterfactual')),
      about TEXT NOT NULL,
      record TEXT NOT NULL,
      arrays BLOB NOT NULL,
      PRIMARY KEY (film, kind)
    ) STRICT;
  `,
}
