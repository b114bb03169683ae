import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What the documents say of the tree is true of the tree. */
const root = resolve(import.meta.dirname, '../..')
const isMarkdown = (name: string) => name.endsWith('.md')
const filesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
const documents = [
  ...readdirSync(root).filter(isMarkdown),
  ...['docs', 'demo', 'experiments', 'models'].flatMap(filesIn).filter(isMarkdown),
]
const textOf = (document: string) => readFileSync(join(root, document), 'utf8')
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

/** As a code host makes it of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-')
const anchorsOf = (document: string) => matches(textOf(document), /^#+ (.*)$/gm).map(anchorOf)

const ROOMS = /^(main|contract|renderer|electron|setup|docs|test|demo|models)\/[\w./-]+$/
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

describe.each(documents)('%s', (document) => {
  const text = textOf(document)

  it('links to what is there', () => {
    const targets = matches(text, /\]\(([^)#\s]+)[^)]*\)/g).filter((target) => !/^(https?:|mailto:)/.test(target))
    const broken = targets.filter((target) => !existsSync(join(root, dirname(document), target)))
    expect(broken).toEqual([])
  })

  it('links to headings that are there', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]*)#([^)\s]+)\)/g)].filter(([, target]) => !target?.startsWith('http'))
    const broken = links.filter(([, target, anchor = '']) => {
      const linked = target ? join(dirname(document), target) : document
      return !anchorsOf(linked).includes(anchor)
    })
    expect(broken.map(([link]) => link)).toEqual([])
  })

  it('names files that are there', () => {
    const named = matches(text, /`([^`\n]+)`/g).filter((word) => ROOMS.test(word))
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  it('names npm scripts that are there', () => {
    const named = matches(text, /npm run ([a-z][a-z:]*)/g)
    expect(named.filter((script) => !(script in scripts))).toEqual([])
  })
})

describe('CONTRIBUTING.md', () => {
  /** Of tests, or from the set-up to what it starts. */
  const OWN = ['SIMPLEBITS_DIALOG_OPEN', 'SIMPLEBITS_DIALOG_SAVE', 'SIMPLEBITS_ELECTRON', 'SIMPLEBITS_TEST']

  it('tells the variables of the environment that the program reads, and no others', () => {
    const sources = ['main', 'electron'].flatMap(filesIn).filter((name) => name.endsWith('.ts'))
    const read = sources.flatMap((name) => matches(textOf(name), /\b(SIMPLEBITS_[A-Z_]+)\b/g))
    const told = matches(textOf('CONTRIBUTING.md'), /^\| `(SIMPLEBITS_[A-Z_]+)`/gm)
    expect([...new Set(told)].sort()).toEqual([...new Set(read)].filter((name) => !OWN.includes(name)).sort())
  })
})

describe('docs/method.md', () => {
  /** A row of a table or a paragraph: function names in it are declared in one of the files it links to. */
  const places = textOf('docs/method.md')
    .split(/\n(?=\|)|\n\n/)
    .reduce<{ names: string[]; files: string[] }[]>((all, part) => {
      const linked = matches(part, /\((?:\.\.\/)((?:main|renderer|contract)\/[\w/]+\.ts)\)/g)
      const plain = matches(part, /(?<!\/)\b(main\/[\w/]+\.ts)/g)
      const files = part.includes('the same |') ? (all.at(-1)?.files ?? []) : [...linked, ...plain]
      return [...all, { names: matches(part, /`([A-Za-z_]\w*)`/g), files }]
    }, [])
    .filter(({ files, names }) => files.length > 0 && names.length > 0)

  it('has functions to check', () => {
    expect(places.flatMap(({ names }) => names).length).toBeGreaterThan(40)
  })

  it.each(places)('$names stand in $files', ({ names, files }) => {
    const code = files.map(textOf).join('\n')
    const missing = names.filter((name) => !new RegExp(`\\b(function\\*?|const|class|interface) ${name}\\b`).test(code))
    expect(missing).toEqual([])
  })
})
