import type { Migration } from './migration'

/** Removing a film asks whether others are of its series and patient; without these it reads every film and study for that. */
export const removal: Migration = {
  number: 11,
  name: 'removal',
  sql: `
    CREATE INDEX films_by_series ON films (series);
    CREATE INDEX studies_by_patient ON studies (patient);
  `,
}
