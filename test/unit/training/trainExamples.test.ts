import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { modelName } from '../../../contract'
import { createModelStore } from '../../../main/adapters/weights'
import { simplebits } from '../../support/commandLine'

const root = resolve(import.meta.dirname, '../../..')
const models = createModelStore([join(root, 'models')])
/** What a configuration may name of other models. */
type Needs = Partial<Record<'startFrom' | 'classifier' | 'flow', unknown>>

it.each(['flow', 'classifier', 'simplifier'])(
  'train %s: its example is a training that this tree can do',
  async (kind) => {
    const { stdout } = await simplebits('train', kind, '--help')
    const files = [...stdout.matchAll(/\$ simplebits train .*--config (\S+)/g)].map((match) => match[1] ?? '')
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      expect(existsSync(join(root, file)), file).toBe(true)
      const name = /^models\/(.+)\/training\.json$/.exec(file)?.[1]
      expect((await models.describe(modelName.parse(name))).file.kind).toBe(kind)
      const needs = (await models.training(modelName.parse(name))) as Needs
      for (const needed of [needs.startFrom, needs.classifier, needs.flow])
        if (typeof needed === 'string') await models.describe(modelName.parse(needed))
    }
  },
)
