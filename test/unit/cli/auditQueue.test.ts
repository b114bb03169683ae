import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SimpleBitsError } from '../../../contract'
import { auditQueue } from '../../../main/cli/auditQueue'
import type { TerminalStore } from '../../../main/cli/withStore'
import type { WorkstationDeps } from '../../../main/app/workstation'
import { simplebits } from '../../support/commandLine'
import { exampleRecord } from '../../support/exampleReport'
import { keptOutput } from '../../support/keptOutput'
import { until } from '../../support/processes'
import { scriptedEngine, scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

const REQUEST = {
  queue: 'unaudited',
  choice: { preset: 'quick', objective: 'activation', seed: 0, repeat: false, confirmed: false },
  ...{ again: false, json: false, out: null },
} as const

/** A store with two films before an engine that is started again as the test says, and what the terminal shows. */
async function twoFilms(
  restart: (script: ReturnType<typeof scriptedEngine>) => void,
  { deps = {}, out = null }: { deps?: Partial<WorkstationDeps>; out?: string | null } = {},
) {
  const script = scriptedEngine()
  const engine = {
    ...script.engine,
    restart: async () => {
      restart(script)
      return script.engine.state()
    },
  }
  const { workstation } = await scriptedWorkstation(temporaryFolder(), { engine, ...deps })
  const ask: TerminalStore['ask'] = async (name, params) => {
    const answer = await workstation.call(name, params)
    if (!answer.ok) throw SimpleBitsError.fromWire(answer.error)
    return answer.result
  }
  await ask('importFiles', { paths: ['/films/film-1.dcm', '/films/film-2.dcm'] })
  const store: TerminalStore = {
    ...{ folder: '', ask, onEvent: (listener) => workstation.onEvent(listener) },
    queue: () => ask('listCases', null),
  }
  const { output, said } = keptOutput()
  return { script, said, ended: auditQueue(store, { ...REQUEST, out }, output), close: () => workstation.close() }
}

describe('audits of a queue from the command line', () => {
  it('end with the engine’s own words where it does not start again', async () => {
    const { script, said, ended, close } = await twoFilms((engine) => engine.die())
    await until(() => script.audits.length === 1)
    script.die()
    script.audits[0]?.fail(new SimpleBitsError('BACKEND_UNAVAILABLE', 'no such backend here'))
    await expect(ended).rejects.toMatchObject({ code: 'ENGINE_DIED', message: 'gone' })
    expect(said).toEqual(['/films/film-1.dcm: BACKEND_UNAVAILABLE: no such backend here'])
    await close()
  })

  it('go on with the next film where it does, also when it died between two', async () => {
    const { script, said, ended, close } = await twoFilms((engine) => void engine.engine.start())
    await until(() => script.audits.length === 1)
    script.audits[0]?.finish()
    script.die()
    await until(() => script.audits.length === 2)
    script.audits[1]?.finish()
    await ended
    expect(said).toHaveLength(2)
    await close()
  })

  it('write a film’s report while the next one is audited, say what failed of it, and wait for the last one', async () => {
    const waiting: (() => void)[] = []
    const write = async (_: unknown, path: string) => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      if (waiting.length === 1) throw new SimpleBitsError('WRITE_FAILED', `no room for ${path}`)
      return exampleRecord().model.sha256
    }
    const dialogs = { openFiles: async () => null, saveFile: async () => '/out', showInFolder: async () => undefined }
    const deps = { reports: { write }, dialogs }
    const { script, said, ended, close } = await twoFilms(() => undefined, { deps, out: '/out' })
    await until(() => script.audits.length === 1)
    script.audits[0]?.finish()
    await until(() => script.audits.length === 2)
    await until(() => waiting.length === 1)
    waiting[0]?.()
    await until(() => said.some((line) => line.includes('no room for /out')))
    script.audits[1]?.finish()
    await until(() => waiting.length === 2)
    let isOver = false
    void ended.then(() => (isOver = true))
    await new Promise(setImmediate)
    expect(isOver).toBe(false)
    waiting[1]?.()
    await ended
    expect(said).toHaveLength(3)
    await close()
  })
})

it('an audit of a queue is refused before its store is opened where no report can be written', async () => {
  const out = join(temporaryFolder(), 'file')
  writeFileSync(out, '')
  const args = ['audit', '--queue', 'unaudited', '--store', temporaryFolder(), '--out', out]
  const { code, stderr } = await simplebits(...args)
  expect(code).toBe(1)
  expect(stderr).toContain(`Nothing can be written into the folder “${out}”`)
})

it('an audit of a queue without films says that there are none', async () => {
  const { output, said } = keptOutput()
  const none = { queue: async () => [] } as Partial<TerminalStore> as TerminalStore
  await auditQueue(none, REQUEST, output)
  expect(said).toEqual(['No film in this queue.'])
})

describe('the exit code', () => {
  afterEach(() => {
    vi.doUnmock('../../../main/cli/program')
    vi.doUnmock('../../../main/cli/terminal')
    process.exitCode = undefined
  })

  it('tells of a failure as long as the work has not come to its end', async () => {
    let finish: (code: number) => void = () => undefined
    const runProgram = () => new Promise<number>((resolve) => (finish = resolve))
    vi.doMock('../../../main/cli/program', () => ({ runProgram, SOME_FAILED: 1 }))
    // The real one would answer the signals of this process from here on.
    vi.doMock('../../../main/cli/terminal', () => ({ terminalOutput: () => keptOutput().output }))
    await import('../../../main/cli')
    expect(process.exitCode).toBe(1)
    finish(0)
    await until(() => process.exitCode === 0)
  })
})
