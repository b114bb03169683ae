import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  importedLibraries,
  libraryFolders,
  licencesBelow,
  licencesText,
  shippedLicences,
} from '../../../setup/lib/licences.mjs'
import { temporaryFolder } from '../../support/temporaryFolder'

describe('libraries that a package holds', () => {
  it('are those that the sources import', () => {
    const source = `import { a } from 'vue'\nimport '@fontsource/inter/latin-400.css'\nimport { b } from './vue-like'
      const c = await import('@scope/late/part')\nimport { join } from 'node:path'`
    expect(importedLibraries(source)).toEqual(['vue', '@fontsource/inter', '@scope/late'])
  })

  it('and what these need, each from where Node finds it', () => {
    const lock = {
      'node_modules/a': { dependencies: { b: '1', c: '1' } },
      'node_modules/a/node_modules/b': { dependencies: { c: '1' } },
      'node_modules/b': { dependencies: { unused: '1' } },
      'node_modules/c': {
        peerDependencies: { a: '1', d: '1', typescript: '1' },
        peerDependenciesMeta: { typescript: { optional: true } },
      },
      'node_modules/d': {},
      'node_modules/typescript': {},
      'node_modules/unused': {},
    }
    expect(libraryFolders(lock, ['a', 'missing'])).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
      'node_modules/d',
    ])
  })
})

describe('LICENSES.txt', () => {
  const root = temporaryFolder()

  it('holds licence and notice, says where a text is missing, and leaves out what is not installed', async () => {
    const write = async (name: string, files: Record<string, string>) => {
      await mkdir(join(root, 'node_modules', name), { recursive: true })
      for (const [file, text] of Object.entries(files)) await writeFile(join(root, 'node_modules', name, file), text)
    }
    await write('@x/a', {
      'package.json': '{}',
      LICENSE: 'terms of a',
      'NOTICE.txt': 'notice of a',
      'README.md': 'about a',
    })
    await write('b', { 'package.json': '{"repository":{"url":"git://b"}}' })
    const lock = {
      'node_modules/@x/a': { version: '1.0.0', license: 'MIT' },
      'node_modules/b': { version: '2.0.0', license: 'ISC' },
      'node_modules/other-system': { version: '3.0.0' },
    }
    const text = await licencesText(root, lock, Object.keys(lock))
    expect(text).toContain('@x/a 1.0.0 (MIT)\n\nterms of a\n\nnotice of a\n')
    expect(text).toContain('b 2.0.0 (ISC)\n\nThe package holds no text of its licence. Its source: git://b')
    expect(text).not.toMatch(/about a|other-system/)
  })

  it('of a library that brings those of its own parts has them all', async () => {
    const folder = join(root, 'native')
    await mkdir(join(folder, 'include/external/ruy'), { recursive: true })
    await writeFile(join(folder, 'include/external/ruy/LICENSE'), 'terms of ruy')
    await writeFile(join(folder, 'THIRD_PARTY_TF_C_LICENSES'), 'terms of others')
    await writeFile(join(folder, 'include/a.h'), 'no terms')
    const text = await licencesBelow(folder)
    expect(text).toMatch(
      /^THIRD_PARTY_TF_C_LICENSES\n\nterms of others\n\n-+\n\ninclude\/external\/ruy\/LICENSE\n\nterms of ruy\n$/,
    )
    expect(text).not.toContain('no terms')
  })

  it('names what is bundled into the window, and not the tools that make it', async () => {
    const text = await shippedLicences(resolve(import.meta.dirname, '../../..'))
    const names = [...text.matchAll(/^(\S+) \d+\.\S+ \(/gm)].map((match) => match[1])
    expect(names).toEqual(expect.arrayContaining(['vue', '@vue/runtime-core', 'vuetify', 'pinia', 'cornerstone-core']))
    expect(names).toEqual(
      expect.arrayContaining(['uplot', '@fontsource/inter', '@mdi/js', '@tensorflow/tfjs-core', 'zod']),
    )
    for (const tool of ['vitest', 'eslint', 'typescript', 'electron']) expect(names).not.toContain(tool)
    // The text that TensorFlow.js's packages only name.
    expect(text).toContain('TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION')
  })
})
