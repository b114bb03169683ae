import { z } from 'zod'
import { settings as settingsSchema, type Settings } from '../../../contract'
import type { Database } from './database'
import { jsonOf } from './jsonText'

const row = z.object({ value: jsonOf(z.record(z.string(), z.unknown())) })

/** As far as they are there and can be read, each by itself. */
export function readSettings(database: Database): Partial<Settings> | null {
  const saved = savedSettings(database)
  if (saved === null) return null
  const read = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
    const { success, data } = schema.safeParse(saved[name])
    return success ? [[name, data] as const] : []
  })
  return settingsSchema.partial().parse(Object.fromEntries(read))
}

/** What another version of the program keeps beside them stays. */
export function writeSettings(database: Database, settings: Settings): void {
  const value = JSON.stringify({ ...savedSettings(database), ...settings })
  database.run("INSERT OR REPLACE INTO settings VALUES ('settings', ?)", [value])
}

function savedSettings(database: Database): Readonly<Record<string, unknown>> | null {
  return row.safeParse(database.one("SELECT value FROM settings WHERE name = 'settings'")).data?.value ?? null
}
