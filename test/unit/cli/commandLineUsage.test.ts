import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { version } from '../../../package.json'
import { simplebits } from '../../support/commandLine'
import { temporaryFolder } from '../../support/temporaryFolder'

const typo = join(temporaryFolder(), 'typo.json')
writeFileSync(typo, '{ "seed": 1, }')

it('a file that is no summary of a benchmark is called so', async () => {
  const { code, stderr } = await simplebits('benchmark', 'shortcuts', '--summary', typo)
  expect(code).toBe(1)
  expect(stderr).toContain(`FILE_UNREADABLE: ${typo} is no summary of this benchmark`)
})

describe('help and usage', () => {
  const commands = [
    'audit',
    'bits',
    'classify',
    'selfcheck',
    'models',
    'train',
    'train flow',
    'train classifier',
    'bench',
    'benchmark explain',
    'benchmark shortcuts',
    'cohort',
    'import',
    'queue',
    'report',
    'zones',
    'experiment',
    'condense',
    'retrain',
    'results',
  ]
  it.each(commands)('%s --help: exit 0, with an example', async (command) => {
    const { code, stdout } = await simplebits(...command.split(' '), '--help')
    expect(code).toBe(0)
    expect(stdout).toContain('Usage: simplebits')
    if (command !== 'train') expect(stdout).toContain('$ simplebits')
    expect(stdout).not.toMatch(/default:\s+(false|null|\[\])/)
  })
  it.each(['audit', 'bits', 'classify', 'benchmark explain'])(
    '%s can confirm a film, as its refusal says',
    async (name) => {
      expect((await simplebits(...name.split(' '), '--help')).stdout).toContain('--force')
    },
  )
  it.each(['audit', 'import'])('%s says how a table of labels looks', async (command) => {
    expect((await simplebits(command, '--help')).stdout).toContain('“id,label”, then a line a film: “film-1,Effusion”')
  })
  it('says what it is for and for what not', async () => {
    const { code, stdout } = await simplebits('--help')
    expect(code).toBe(0)
    expect(stdout).toContain('not for diagnosis')
    for (const command of [
      'audit',
      'bits',
      'classify',
      'selfcheck',
      'models',
      'train',
      'bench',
      'experiment',
      'results',
    ])
      expect(stdout).toContain(command)
  })
  it('is asked for by name too: no wrong usage, exit 0', async () => {
    const index = join(import.meta.dirname, '../../../main/cli/index.ts')
    const run = promisify(execFile)
    // As a process of its own, which has failed until all is done.
    const { stdout } = await run(process.execPath, ['--import', 'tsx', index, 'help', 'queue'])
    expect(stdout).toContain('Usage: simplebits queue')
    await expect(run(process.execPath, ['--import', 'tsx', index])).rejects.toMatchObject({ code: 2, stdout: '' })
  })
  it('tells its version', async () => {
    expect(await simplebits('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })
  it('says in a sentence how a model is called, and not as a pattern', async () => {
    const { stderr } = await simplebits('classify', 'film.dcm', '--model', '../x')
    expect(stderr).toContain('A model is called by its name, of lower-case letters, digits and hyphens')
    expect(stderr).not.toContain('/^')
  })
  it.each([
    ['no command at all'],
    ['an unknown command', 'diagnose'],
    ['an unknown option', 'models', '--everything'],
    ['no files', 'audit', '--out', 'x'],
    ['no place to write to', 'audit', 'film.dcm'],
    ['an unknown preset', 'audit', 'film.dcm', '--out', 'x', '--preset', 'fast'],
    ['an unknown backend', 'classify', 'film.dcm', '--backend', 'abacus'],
    ['a seed that is no number', 'audit', 'film.dcm', '--out', 'x', '--seed', 'one'],
    ['a model name that is a path', 'classify', 'film.dcm', '--model', '../x'],
    ['a benchmark that is none', 'benchmark', 'luck'],
    ['an experiment without a file', 'experiment'],
    ['an experiment with a λ below 0', 'experiment', 'experiments/smoke.json', '--set', 'pressures=[-1]'],
    ['an experiment with an unknown key', 'experiment', 'experiments/smoke.json', '--set', 'colour=blue'],
    ['a training without configuration', 'train', 'flow', '--out', 'x'],
    ['a training whose configuration is not there', 'train', 'flow', '--config', 'nowhere.json', '--out', 'x'],
    ['a store for an audit of files', 'audit', 'film.dcm', '--out', 'x', '--store', 'y'],
    ['films again that are files', 'audit', 'film.dcm', '--out', 'x', '--again'],
  ])('wrong usage, exit 2: %s', async (_, ...args) => {
    const { code, stdout, stderr } = await simplebits(...args)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).not.toBe('')
  })
  it.each([
    ['experiment', typo],
    ['train', 'flow', '--config', typo, '--out', 'x'],
    ['train', 'package', '--config', typo, '--runs', 'x', '--out', 'x'],
    ['train', 'package-flow', '--config', typo, '--run', 'x', '--out', 'x'],
    ['train', 'package-simplifier', '--config', typo, '--run', 'x', '--out', 'x'],
  ])('wrong usage, exit 2: %s %s with a file that is no JSON, which it names', async (...args) => {
    const { code, stderr } = await simplebits(...args)
    expect(code).toBe(2)
    expect(stderr).toContain(`${typo} is not valid JSON`)
  })
})
