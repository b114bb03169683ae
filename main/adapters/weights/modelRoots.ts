import { delimiter, join } from 'node:path'
import { installedFolder, userDataFolder } from '../files'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Where models are looked for, in order: the folders that SIMPLEBITS_MODELS names, those of the installation, the user's own.
 * A classifier of the user's never takes the place of a bundled one.
 */
export function modelRoots(
  environment: Environment,
  { root, userData }: { readonly root?: string | undefined; readonly userData?: string } = {},
): string[] {
  const named = (environment['SIMPLEBITS_MODELS'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const installed = installedFolder('models', root)
  return [
    ...named,
    ...(installed === null ? [] : [installed]),
    ownModelsFolder(userData ?? userDataFolder(environment)),
  ]
}

/** Where the user's classifiers are kept. */
export function ownModelsFolder(userData: string): string {
  return join(userData, 'models')
}
