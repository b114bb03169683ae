import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkedExperiment, settingsText } from '../../../main/domain/experiments'

const folder = join(import.meta.dirname, '../../../experiments')
const read = (name: string) => checkedExperiment(JSON.parse(readFileSync(join(folder, name), 'utf8')))
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

describe('how a run was made', () => {
  it.each(files)('%s: is said with its seeds, and with no setting missing', (file) => {
    const text = settingsText(read(file))
    expect(text).toMatch(/^Seeds? \d/)
    expect(text).not.toMatch(/undefined|NaN|null/)
  })
  it('says which checkpoint was taken', () => {
    const experiment = read('distractors-noise.json')
    if (experiment.kind !== 'simplification') throw new Error('not a condensation')
    expect(settingsText({ ...experiment, accuracyMargin: 0.02 })).toContain('at most 2 points below')
    expect(settingsText({ ...experiment, accuracyMargin: null })).toContain('the last weights are taken')
  })
})
