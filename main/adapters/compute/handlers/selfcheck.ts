import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { SimpleBitsError, type EngineResult } from '../../../../contract'
import type { Compiler } from '../../../engine/tensor'
import { checkPastTies, goldenChecks, shareOfLimit, topicOf, type Deviation } from '../../../engine/selfcheck'
import { decodeSafetensors, toParams } from '../../tensors'
import { giveWay } from '../giveWay'
import type { Handler } from '../handler'

type Row = EngineResult<'selfcheck'>['rows'][number]

/** Compares this backend with every golden set below a folder: a row a set, with its largest deviation. */
export const selfcheck: Handler<'selfcheck'> = async ({ directory }, { signal, compiler }) => {
  const files = await goldenFiles(directory)
  const rows: Row[] = []
  for (const file of files) {
    if (signal.aborted) throw new SimpleBitsError('CANCELLED', 'The self-check was cancelled.')
    rows.push(await checkSet(file, compiler))
    await giveWay()
  }
  return { rows }
}

/** The sets' JSON files, sorted; a set is a JSON file with a safetensors file of its name beside it. */
async function goldenFiles(directory: string): Promise<string[]> {
  if (!existsSync(directory))
    throw new SimpleBitsError('FILE_NOT_FOUND', `There is no folder ${directory}. Name a folder of golden vectors.`)
  const entries = await readdir(directory, { recursive: true })
  const files = entries
    .filter((entry) => entry.endsWith('.json'))
    .map((entry) => join(directory, entry))
    .filter((file) => existsSync(tensorsOf(file)))
    .sort()
  if (files.length === 0)
    throw new SimpleBitsError(
      'FILE_NOT_FOUND',
      `There are no golden vectors below ${directory} (NAME.json beside NAME.safetensors).`,
    )
  return files
}

const tensorsOf = (file: string) => file.replace(/\.json$/, '.safetensors')

async function checkSet(file: string, compiler: Compiler): Promise<Row> {
  const set = basename(file, '.json')
  const check = goldenChecks[topicOf(set)]
  if (!check) return { set, verdict: 'not covered', worst: '', deviation: null, limit: null }
  try {
    const json: unknown = JSON.parse(await readFile(file, 'utf8'))
    const stored = decodeSafetensors(await readFile(tensorsOf(file)), tensorsOf(file))
    const tensors = toParams(stored.tensors)
    try {
      const { deviations, moved } = checkPastTies((given, of) => check(given, of, compiler), tensors, json)
      const row = summarise(set, deviations)
      return moved ? { ...row, worst: `${row.worst} (past a ReLU at zero)` } : row
    } finally {
      tf.dispose(Object.values(tensors))
    }
  } catch (error) {
    return {
      set,
      verdict: 'OUT',
      worst: error instanceof Error ? error.message : String(error),
      deviation: null,
      limit: null,
    }
  }
}

/** The quantity that comes closest to (or lies farthest beyond) its limit speaks for the set. */
function summarise(set: string, deviations: readonly Deviation[]): Row {
  const [worst] = [...deviations].sort((a, b) => shareOfLimit(b) - shareOfLimit(a))
  if (!worst) return { set, verdict: 'OUT', worst: 'nothing was compared', deviation: null, limit: null }
  const verdict = shareOfLimit(worst) <= 1 ? 'ok' : 'OUT'
  return { set, verdict, worst: worst.worst, deviation: worst.deviation, limit: worst.limit }
}
