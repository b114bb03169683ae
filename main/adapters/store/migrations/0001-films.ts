import type { Migration } from './migration'

/** Patients, studies, series, films with the classifier's decisions, notes and settings. */
export const films: Migration = {
  number: 1,
  name: 'films',
  sql: `
    CREATE TABLE patients (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE studies (
      id INTEGER PRIMARY KEY,
      patient INTEGER REFERENCES patients (id),
      uid TEXT,
      date TEXT
    ) STRICT;
    -- NULLs are equal here: a study that the file does not name is one study a patient and day.
    CREATE UNIQUE INDEX study_once ON studies (coalesce(patient, 0), coalesce(uid, ''), coalesce(date, ''));

    CREATE TABLE series (
      id INTEGER PRIMARY KEY,
      study INTEGER NOT NULL REFERENCES studies (id),
      uid TEXT,
      modality TEXT
    ) STRICT;
    CREATE UNIQUE INDEX series_once ON series (study, coalesce(uid, ''), coalesce(modality, ''));

    CREATE TABLE films (
      id TEXT PRIMARY KEY,
      series INTEGER NOT NULL REFERENCES series (id),
      sop_instance_uid TEXT,
      sha256 TEXT NOT NULL UNIQUE,
      file TEXT NOT NULL,
      bundled INTEGER NOT NULL CHECK (bundled IN (0, 1)),
      added_at TEXT NOT NULL,
      title TEXT NOT NULL,
      patient_line TEXT NOT NULL,
      sex TEXT,
      age REAL,
      view TEXT,
      report_label TEXT,
      thumbnail TEXT NOT NULL,
      warnings TEXT NOT NULL,
      error TEXT
    ) STRICT;
    CREATE INDEX films_by_instance ON films (sop_instance_uid);

    CREATE TABLE decisions (
      id INTEGER PRIMARY KEY,
      film TEXT NOT NULL REFERENCES films (id) ON DELETE CASCADE,
      model TEXT NOT NULL,
      probability REAL NOT NULL,
      present INTEGER NOT NULL CHECK (present IN (0, 1)),
      UNIQUE (film, model)
    ) STRICT;

    CREATE TABLE notes (
      film TEXT PRIMARY KEY REFERENCES films (id) ON DELETE CASCADE,
      text TEXT NOT NULL
    ) STRICT;

    CREATE TABLE settings (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT;
  `,
}
