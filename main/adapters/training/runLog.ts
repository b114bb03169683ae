import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomic } from '../files'

const LOG = 'log.jsonl'

/** A row of the run's log, a line of JSON. */
export async function appendRunLog(folder: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  await appendFile(join(folder, LOG), `${JSON.stringify(row)}\n`)
}

/** Rows after the checkpoint are written again by the resumed run. */
export async function trimRunLog(folder: string, step: number): Promise<void> {
  const lines = await readFile(join(folder, LOG), 'utf8').catch(() => '')
  const kept = lines.split('\n').filter((line) => stepOf(line) <= step)
  await writeAtomic(join(folder, LOG), kept.map((line) => `${line}\n`).join(''))
}

/** A line that was cut off – power, a full disk – belongs to no step. */
function stepOf(line: string): number {
  try {
    return Number((JSON.parse(line) as { step: number }).step)
  } catch {
    return Infinity
  }
}
