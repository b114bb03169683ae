import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

export interface Import {
  readonly from: string
  readonly to: string
  /** Loads `to` whenever `from` is loaded: neither a type nor `import()`. */
  readonly atLoad: boolean
}

const root = resolve(import.meta.dirname, '../..')
const STATEMENT = /^(?:import|export)\s(?:(type\s)?[\w\s*{},$]+?\sfrom\s)?\s*'(\.[^']+)'/gm
const LATER = /\bimport\('(\.[^']+)'\)/g

/** All sources of the product, as paths from the repository's root. */
export const sources: ReadonlySet<string> = new Set(
  ['contract', 'electron', 'main', 'renderer'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|vue)$/.test(name))
      .map((name) => join(room, name)),
  ),
)

/** Every import between two of them. */
export function importGraph(): Import[] {
  return [...sources].flatMap((from) => {
    const text = readFileSync(join(root, from), 'utf8')
    const imports = [
      ...[...text.matchAll(STATEMENT)].map(([, type, target]) => ({ target, atLoad: type === undefined })),
      ...[...text.matchAll(LATER)].map(([, target]) => ({ target, atLoad: false })),
    ]
    return imports.flatMap(({ target, atLoad }) => {
      const place = join(dirname(from), target ?? '')
      const to = [place, `${place}.ts`, `${place}/index.ts`].find((file) => sources.has(file))
      return to === undefined ? [] : [{ from, to, atLoad }]
    })
  })
}

/** Imports of a file in a folder that has an index, from outside of that folder. */
export const pastAnIndex = (imports: readonly Import[]): Import[] =>
  imports.filter(({ from, to }) => {
    const folder = foldersAbove(to).find((above) => sources.has(`${above}/index.ts`))
    return folder !== undefined && to !== `${folder}/index.ts` && !from.startsWith(`${folder}/`)
  })

const foldersAbove = (file: string): string[] => {
  const folder = dirname(file)
  return folder === '.' ? [] : [folder, ...foldersAbove(folder)]
}

/** What is left when imports of files that import nothing, and by files that nothing imports, are taken away until none is. */
export function cycles(imports: readonly Import[]): readonly Import[] {
  const importing = new Set(imports.map(({ from }) => from))
  const imported = new Set(imports.map(({ to }) => to))
  const left = imports.filter(({ from, to }) => importing.has(to) && imported.has(from))
  return left.length === imports.length ? left : cycles(left)
}
