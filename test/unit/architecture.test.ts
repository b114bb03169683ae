import { resolve } from 'node:path'
import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'
import { cycles, importGraph, pastAnIndex } from '../support/importGraph'

/** ARCHITECTURE.md's rules are held: the lint refuses what it should, and what the lint cannot see is looked up here. */
const root = resolve(import.meta.dirname, '../..')
const lint = new ESLint({ cwd: root })
const HELD_BY = /restricted|no-explicit-any|no-default-export/

/** Messages of the lint's architectural rules for a file of that name and text. */
async function refusals(file: string, text: string): Promise<string[]> {
  const [result] = await lint.lintText(text, { filePath: resolve(root, file) })
  return (result?.messages ?? []).filter(({ ruleId }) => HELD_BY.test(ruleId ?? '')).map(({ message }) => message)
}
const importing = (target: string) => `import { x } from '${target}'\nexport const y = x\n`

describe('the lint lets in', () => {
  it.each([
    ['main/app/probe.ts', '../engine/audit'],
    ['main/adapters/probe.ts', '../ports'],
    ['main/adapters/report/probe.ts', '../fonts'],
    ['main/adapters/compute/probe.ts', '../deferred'],
    ['main/compose/probe.ts', '../adapters/store'],
    ['main/cli/probe.ts', '../compose'],
    ['renderer/stores/probe.ts', '../api'],
    ['renderer/components/stage/Probe.vue', '../../composables/useProbe'],
    ['renderer/components/stage/Probe.vue', '../panes/PaneFrame.vue'],
    ['renderer/stores/probe.ts', '../debounce'],
    ['renderer/presentation/probe.ts', '../../contract/shared'],
  ])('%s → %s', async (file, target) => {
    const text = importing(target)
    expect(await refusals(file, file.endsWith('.vue') ? `<script lang="ts">\n${text}</script>\n` : text)).toEqual([])
  })

  it('window.api in renderer/api.ts', async () => {
    expect(await refusals('renderer/api.ts', 'export const all = window.api\n')).toEqual([])
  })
})

describe('the lint refuses', () => {
  it.each([
    ['contract/probe.ts', '../main/domain/modelInput'],
    ['main/engine/probe.ts', '../../contract'],
    ['main/engine/probe.ts', 'node:fs'],
    ['main/domain/probe.ts', '../app'],
    ['main/ports/probe.ts', '../app'],
    ['main/app/probe.ts', '../adapters/store'],
    ['main/adapters/probe.ts', '../app'],
    ['main/adapters/store/probe.ts', '../training/flow'],
    ['main/adapters/training/probe.ts', '../store'],
    ['main/adapters/compute/probe.ts', '../engineClient'],
    ['main/cli/probe.ts', '../app'],
    ['electron/probe.ts', '../main/app'],
    ['renderer/stores/probe.ts', '../../main/domain/modelInput'],
    ['renderer/stores/probe.ts', '../../contract/audit'],
    ['renderer/stores/probe.ts', 'cornerstone-core'],
    ['renderer/viewer/probe.ts', '../presentation/words'],
    ['renderer/presentation/probe.ts', '../stores/worklist'],
    ['renderer/presentation/probe.ts', '../api'],
    ['renderer/stores/probe.ts', '../composables/useKeys'],
    ['renderer/composables/probe.ts', '../components/stage/StagePanel.vue'],
    ['renderer/components/probe.ts', '../views/LabView.vue'],
    ['renderer/components/parts/probe.ts', '../stage/StagePanel.vue'],
    ['renderer/components/lab/probe.ts', '../cohort/RocCard.vue'],
    ['renderer/debounce.ts', './stores/finding'],
  ])('%s → %s', async (file, target) => {
    expect(await refusals(file, importing(target))).toHaveLength(1)
  })

  it.each([
    ['the door of the window', 'renderer/stores/probe.ts', 'export const one = window.api\n'],
    ['the door by another name', 'renderer/stores/probe.ts', 'export const { api } = window\n'],
    ['the door by its bare name', 'renderer/components/Probe.vue', '<script lang="ts">\nvoid api.call\n</script>\n'],
    ['chance without a seed', 'main/engine/probe.ts', 'export const one = Math.random()\n'],
    ['a default export', 'main/domain/probe.ts', 'export default 1\n'],
    ['any', 'main/domain/probe.ts', 'export const one: any = 1\n'],
  ])('%s in %s', async (_what, file, text) => {
    expect(await refusals(file, text)).toHaveLength(1)
  })
})

describe('imports between files', () => {
  const imports = importGraph()

  it('are found', () => {
    expect(imports.length).toBeGreaterThan(1000)
  })

  it('go round in no circle when the program is loaded', () => {
    const circle = [edge('a', 'b'), edge('b', 'a')]
    expect(cycles([...circle, edge('b', 'c'), edge('d', 'a')])).toEqual(circle)
    expect(cycles(imports.filter(({ atLoad }) => atLoad))).toEqual([])
  })

  it('enter a folder by its index, but for a list that may only shrink', () => {
    const past = edge('main/app/probe.ts', 'main/engine/audit/choose.ts')
    expect(pastAnIndex([past, edge('main/app/probe.ts', 'main/engine/audit/index.ts')])).toEqual([past])
    const found = pastAnIndex(imports).map(({ from, to }) => `${from} → ${to}`)
    expect([...new Set(found)].sort()).toEqual(PAST_AN_INDEX)
  })
})

const edge = (from: string, to: string) => ({ from, to, atLoad: true })

/** The options are read before anything is composed, which loads the whole program. */
const PAST_AN_INDEX = ['main/cli/options.ts → main/compose/dataFolder.ts']
