import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ExperimentData, Sha256 } from '../../../contract'
import { hashOfFiles } from '../files'
import { centred, SIDE } from './compose'
import { loadDistractors, requireCount } from './distractors'
import { loadFolder } from './folder'
import { loadNatural, naturalClasses, naturalFiles, type NaturalName } from './natural'
import { pictureAt } from './pictureSet'
import { loadRadiographs } from './radiographs'
import { SPLITS, type ExperimentSet, type ExperimentSets, type SplitName } from './sets'

/**
 * Reads or makes what an experiment works on.
 *
 * @param root the data folder
 * @throws SimpleBitsError DATA_MISSING (with what to do), BAD_REQUEST (with the field), FILE_UNREADABLE
 */
export function loadExperimentData(root: string, data: ExperimentData): Promise<ExperimentSets> {
  switch (data.set) {
    case 'digits':
    case 'clothing':
    case 'photos':
      return loadPlain(root, data.set, data)
    case 'radiographs':
      return loadRadiographs(root, data)
    case 'png-folder':
    case 'dicom-folder':
      return loadFolder(root, data)
    default:
      return loadDistractors(root, data)
  }
}

/** Digits, clothing or photos alone, in squares of 32 pixels and three channels. */
async function loadPlain(
  root: string,
  name: NaturalName,
  counts: Readonly<Record<SplitName, number>>,
): Promise<ExperimentSets> {
  const pools = await loadNatural(root, name)
  const make = (split: SplitName): ExperimentSet => {
    const pool = pools[split]
    requireCount(pool, { split, count: counts[split], name })
    const length = SIDE * SIDE * 3
    const pictures = new Uint8Array(counts[split] * length)
    for (let i = 0; i < counts[split]; i++)
      pictures.set(pool.channels === 3 ? pictureAt(pool, i) : centred(pictureAt(pool, i)), i * length)
    const labels = pool.labels.slice(0, counts[split])
    return { size: SIDE, channels: 3, count: counts[split], pictures, labels, parts: null }
  }
  const [train, validation, test] = SPLITS.map(make) as [ExperimentSet, ExperimentSet, ExperimentSet]
  return {
    size: SIDE,
    channels: 3,
    train,
    validation,
    test,
    classNames: naturalClasses(name),
    files: naturalFiles(name),
  }
}

/** sha256 of every file that was read; a folder is hashed as one, all files by name. */
export async function dataHashes(root: string, files: readonly string[]): Promise<Record<string, string>> {
  const hashed = await Promise.all(files.map(async (file) => [file, await contentHash(resolve(root, file))] as const))
  return Object.fromEntries(hashed)
}

async function contentHash(path: string): Promise<Sha256> {
  if (!(await stat(path)).isDirectory()) return hashOfFiles([path])
  const entries = await readdir(path, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  return hashOfFiles(names.sort().map((name) => join(path, name)))
}
