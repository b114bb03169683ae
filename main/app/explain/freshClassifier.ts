import { BUNDLED_CLASSIFIER, SimpleBitsError, type ModelFile, type ModelName } from '../../../contract'
import type { ModelStore } from '../../ports'

type Models = Pick<ModelStore, 'describe' | 'list'>

/**
 * The second classifier of this installation for the one that was audited: another one for the same finding that sees the same
 * picture. A sibling of the bundled one by name ("effusion-128-b") goes first; for a classifier of the user's own, the bundled one
 * itself. Null where there is none.
 */
export async function freshClassifier(models: Models, audited: ModelName): Promise<ModelName | null> {
  const bundled = (await models.describe(BUNDLED_CLASSIFIER)).file
  const names = (await models.list())
    .filter(({ kind, name }) => kind === 'classifier' && name !== audited)
    .map(({ name }) => name)
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  for (const name of names) if (isComparable(bundled, await fileOf(models, name))) return name
  return null
}

function rank(name: ModelName): number {
  return name === BUNDLED_CLASSIFIER ? 0 : name.startsWith(`${BUNDLED_CLASSIFIER}-`) ? 1 : 2
}

/** Null for the user's own classifiers: how they see a film is their own affair. */
async function fileOf(models: Models, name: ModelName): Promise<ModelFile | null> {
  try {
    return (await models.describe(name)).file
  } catch (error) {
    if (SimpleBitsError.from(error).code === 'MODEL_NOT_FOUND') return null
    throw error
  }
}

function isComparable(own: ModelFile, other: ModelFile | null): boolean {
  if (own.kind !== 'classifier' || other?.kind !== 'classifier') return false
  const sameFinding = own.finding.toLowerCase() === other.finding.toLowerCase()
  return sameFinding && own.config.size === other.config.size && own.input === other.input
}
