import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import { importX } from 'eslint-plugin-import-x'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import tseslint from 'typescript-eslint'

/** Who may import whom: the one table behind ARCHITECTURE.md's picture. A folder may always import itself. */
const mayImport = {
  contract: [],
  'main/engine': [],
  'main/domain': ['contract'],
  'main/ports': ['contract', 'main/domain'],
  'main/app': ['contract', 'main/domain', 'main/ports', 'main/engine'],
  'main/adapters': ['contract', 'main/domain', 'main/ports', 'main/engine'],
  'main/compose': ['contract', 'main/domain', 'main/ports', 'main/app', 'main/adapters'],
  'main/cli': ['contract', 'main/domain', 'main/compose'],
  electron: ['contract', 'main/compose'],
  renderer: ['contract'],
}

/** Inside the window, from the ground up: each room may import those before it. (`theme` is for main.ts alone.) */
const floors = ['debounce.ts', 'viewer', 'presentation', 'api.ts', 'stores', 'composables', 'components', 'views'].map(
  (name) => `renderer/${name}`,
)
const mayImportInWindow = Object.fromEntries(floors.map((floor, height) => [floor, floors.slice(0, height)]))

/** Folders of components that put those of others together; besides, every folder may import `parts`, and `parts` none. */
const putTogether = {
  parts: [],
  panes: ['parts', 'zones'],
  explain: ['parts', 'panes'],
  stage: ['parts', 'panes', 'explain'],
  evidence: ['parts', 'explain', 'finding', 'marks', 'zones'],
  dialogs: ['parts', 'classifiers', 'store'],
}
const componentFolders = readdirSync(join(import.meta.dirname, 'renderer/components'))
const mayImportAmongComponents = Object.fromEntries(
  componentFolders.map((folder) => [
    `renderer/components/${folder}`,
    (putTogether[folder] ?? ['parts']).map((other) => `renderer/components/${other}`),
  ]),
)

/** Adapters that stand on others. All may import `files`, and `deferred.ts`; the rest imports nothing else of the room. */
const standOn = {
  files: ['tensors'],
  dicom: ['cipher', 'codec', 'files'],
  store: ['cipher', 'files', 'tensors'],
  weights: ['files', 'tensors'],
  tables: ['bundled', 'files'],
  pictures: ['files', 'fonts'],
  report: ['files', 'fonts', 'pictures'],
  experimentData: ['dicom', 'files', 'trainingData'],
  labCatalogue: ['experimentData', 'files'],
  compute: ['codec', 'tensors', 'training', 'weights'],
  training: ['codec', 'compute', 'dicom', 'experimentData', 'files', 'pictures', 'runs', 'tensors', 'trainingData'],
}
const adapterFolders = readdirSync(join(import.meta.dirname, 'main/adapters')).filter((name) => !name.endsWith('.ts'))
const mayImportAmongAdapters = Object.fromEntries(
  adapterFolders.map((folder) => [
    `main/adapters/${folder}`,
    (standOn[folder] ?? ['files']).map((other) => `main/adapters/${other}`),
  ]),
)

/** A zone for any two rooms of a table of which the first may not import the second, but for files that it names. */
const zonesOf = (table) =>
  Object.entries(table).flatMap(([room, allowed]) =>
    Object.keys(table)
      .filter((other) => other !== room && !allowed.includes(other))
      .map((other) => ({
        target: `./${room}`,
        from: `./${other}`,
        except: allowed.filter((file) => file.startsWith(`${other}/`)).map((file) => file.replace(other, '.')),
        message: `${room} may not import ${other} (see ARCHITECTURE.md)`,
      })),
  )

const oneDoor = 'renderer/api.ts alone speaks to the main side: use its call() and onEvent().'

export default tseslint.config(
  { ignores: ['out', 'dist', 'runs', 'node_modules', 'models'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...vue.configs['flat/recommended'],
  prettier,
  {
    files: ['**/*.{ts,vue,js,mjs}'],
    languageOptions: { parserOptions: { parser: tseslint.parser }, globals: { ...globals.node, ...globals.browser } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.node.json' })] },
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        { zones: [mayImport, mayImportInWindow, mayImportAmongComponents, mayImportAmongAdapters].flatMap(zonesOf) },
      ],
      'import-x/no-default-export': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
      'max-params': 'off',
      '@typescript-eslint/max-params': ['error', { max: 3 }],
      'vue/multi-word-component-names': 'off',
    },
  },
  {
    files: ['main/engine/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^node:|^(fs|path|os|electron)$', message: 'the engine knows no file, no Node, no Electron' },
          ],
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'pass a seeded generator (main/engine/rng.ts)' },
      ],
    },
  },
  {
    files: ['renderer/**/*'],
    ignores: ['renderer/viewer/**/*'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['cornerstone-*'] }] },
  },
  {
    files: ['renderer/**/*'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(\\.\\./)+contract(/(?!shared$).*)?$',
              allowTypeImports: true,
              message:
                'Values come from contract/shared: all else brings the schemas and their library into the window.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['renderer/**/*'],
    ignores: ['renderer/api.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'api', message: oneDoor }],
      'no-restricted-properties': [
        'error',
        { object: 'window', property: 'api', message: oneDoor },
        { object: 'globalThis', property: 'api', message: oneDoor },
      ],
    },
  },
  {
    files: ['contract/shared/**/*'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^zod$|^\\.\\./',
              allowTypeImports: true,
              message: 'The window loads this folder: no schema and no library of theirs.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['*.config.{ts,js}', '**/*.d.ts', 'renderer/**/*.vue'],
    rules: { 'import-x/no-default-export': 'off' },
  },
)
