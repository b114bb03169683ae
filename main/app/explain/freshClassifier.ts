import { BUNDLED_CLASSIFIER, type ModelFile, type ModelName } from '../../../contract'
import type { ModelStore } from '../../ports'

/**
 * The second classifier of this installation: another one for the same finding that sees the same picture. A sibling of the
 * bundled one by name ("effusion-128-b") goes first. Null where there is none.
 */
export async function freshClassifier(models: Pick<ModelStore, 'describe' | 'list'>): Promise<ModelName | null> {
  const own = (await models.describe(BUNDLED_CLASSIFIER)).file
  const names = (await models.list())
    .filter(({ kind, name }) => kind === 'classifier' && name !== BUNDLED_CLASSIFIER)
    .map(({ name }) => name)
    .sort((a, b) => Number(isSibling(b)) - Number(isSibling(a)) || (a < b ? -1 : 1))
  for (const name of names) if (isComparable(own, (await models.describe(name)).file)) return name
  return null
}

function isSibling(name: ModelName): boolean {
  return name.startsWith(`${BUNDLED_CLASSIFIER}-`)
}

function isComparable(own: ModelFile, other: ModelFile): boolean {
  if (own.kind !== 'classifier' || other.kind !== 'classifier') return false
  const sameFinding = own.finding.toLowerCase() === other.finding.toLowerCase()
  return sameFinding && own.config.size === other.config.size && own.input === other.input
}
