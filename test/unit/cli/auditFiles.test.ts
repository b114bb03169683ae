import { describe, expect, it } from 'vitest'
import {
  BUNDLED_CLASSIFIER,
  BUNDLED_FLOW,
  modelName,
  RESEARCH_USE_ONLY,
  sha256,
  SimpleBitsError,
  type ErrorCode,
} from '../../../contract'
import { auditFiles, explainFiles, writeSummary, type AuditedFile } from '../../../main/app'
import type { Engine, FilmSource } from '../../../main/ports'
import { exampleExplanation, exampleTests } from '../../support/explainExamples'
import { exampleRecord } from '../../support/exampleReport'
import { scriptedEngine, scriptedFilms } from '../../support/scriptedWorkstation'

const FRESH = modelName.parse('effusion-128-b')
const MODELS = { model: BUNDLED_CLASSIFIER, flow: BUNDLED_FLOW, seed: 1 }
const PIXELS = 128 * 128

/** An engine whose audits end at once; what else it is asked, `answers` say. */
function engineWith(answers: Partial<Record<string, (params: { pictures: Uint8Array }) => unknown>>) {
  const { engine: scripted, audits } = scriptedEngine()
  const asked: string[] = []
  const call = async (method: string, params: never, options: never) => {
    asked.push(method)
    const answer = answers[method]
    if (answer) return answer(params)
    const found = scripted.call(method as 'audit', params, options)
    audits.at(-1)?.finish()
    return found
  }
  const restart = () => {
    asked.push('restart')
    return scripted.restart()
  }
  return { engine: { ...scripted, call: call as Engine['call'], restart }, asked, audits }
}

interface Given {
  readonly paths: readonly string[]
  readonly out: string
  readonly films: FilmSource
  readonly former: ReadonlyMap<string, string>
  /** Records that cannot be written, and whether nothing else can either from then on. */
  readonly refused: { readonly records: readonly string[]; readonly andAll: boolean }
  /** Is waited for before a record is written. */
  readonly writing: (path: string) => Promise<void>
}
const GIVEN: Given = {
  ...{ paths: ['film-1', 'film-2'], out: 'out', films: scriptedFilms, former: new Map() },
  ...{ refused: { records: [], andAll: false }, writing: async () => undefined },
}

/** Audits two films with further tests; `written` holds the records by folder, `former` whose cases lie there already. */
async function audited(engine: Engine, of: Partial<Given> = {}) {
  const { paths, out, films, former, refused, writing } = { ...GIVEN, ...of }
  const written = new Map<string, unknown>()
  const dropped: string[] = []
  let isFull = false
  const found: AuditedFile[] = []
  const { rows, skipped } = await auditFiles(
    {
      ...{ engine, films, productVersion: '0.0.0' },
      clock: { now: () => new Date('2026-01-01T00:00:00Z') },
      labels: { labelsOf: () => ({ labels: new Map(), unused: [] }) },
      pictures: {
        encodeGrey: () => new Uint8Array(),
        writeGrey: async () => undefined,
        writeColour: async () => undefined,
        writeBitMap: async () => undefined,
      },
      reports: { write: async () => exampleRecord().model.sha256 },
      results: {
        text: async (path, text) => {
          await writing(path)
          if (!refused.records.includes(path)) return void written.set(path, JSON.parse(text))
          isFull = refused.andAll
          throw new SimpleBitsError('WRITE_FAILED', 'No room for the record.')
        },
        tensors: async () => undefined,
      },
      folders: {
        ready: async (out) => {
          if (out !== 'out') throw new SimpleBitsError('WRITE_FAILED', 'It is a file.')
          if (isFull) throw new SimpleBitsError('WRITE_FAILED', 'The disk is full.')
        },
        filmOf: async (folder) => sha256.nullable().parse(former.get(folder) ?? null),
        begin: async () => undefined,
        drop: async (folder) => void dropped.push(folder),
        isResult: async (file) => file.endsWith('simplified.png'),
      },
    },
    {
      ...{ paths, out, confirmed: false, signal: new AbortController().signal },
      choice: { ...MODELS, preset: 'quick', objective: 'activation', start: 'film', repeat: false },
      tests: { randomise: true, fresh: FRESH },
      onEvent: () => undefined,
    },
  )
  const ended = await (async () => {
    for await (const row of rows) found.push(row)
  })().catch((error: unknown) => SimpleBitsError.from(error).message)
  return { found, written, dropped, skipped, ended }
}

const failing = (code: ErrorCode) => () => {
  throw new SimpleBitsError(code, 'gone')
}

describe('audits of files with further tests', () => {
  it('are kept with the tests', async () => {
    const { engine } = engineWith({ furtherTests: () => exampleTests() })
    const { found, written } = await audited(engine)
    expect(found).toMatchObject([{ testsFailed: null }, { testsFailed: null }])
    expect(written.get('out/film-1/audit.json')).toMatchObject({ tests: exampleTests() })
  })

  it.each(['ENGINE_DIED', 'CANCELLED'] as const)('are kept without the tests where these end with %s', async (code) => {
    const { engine } = engineWith({ furtherTests: failing(code) })
    const { found, written } = await audited(engine)
    expect(found).toMatchObject([{ testsFailed: { code } }, { testsFailed: { code } }])
    expect([...written.keys()]).toEqual(['out/film-1/audit.json', 'out/film-2/audit.json'])
    expect(written.get('out/film-1/audit.json')).not.toHaveProperty('tests')
  })

  it('start the engine again where the tests cost it', async () => {
    const { engine, asked } = engineWith({ furtherTests: failing('ENGINE_DIED') })
    await audited(engine)
    expect(asked.slice(1)).toEqual(['audit', 'furtherTests', 'restart', 'audit', 'furtherTests', 'restart'])
  })

  it('go into the folder of their own film, and never over another film’s', async () => {
    const { engine } = engineWith({ furtherTests: () => exampleTests() })
    const former = new Map([
      ['out/film-1', '9'.repeat(64)],
      ['out/film-1-2', '8'.repeat(64)],
      ['out/film-2', '2'.padStart(64, '0')],
    ])
    const { written } = await audited(engine, { former })
    expect([...written.keys()]).toEqual(['out/film-1-3/audit.json', 'out/film-2/audit.json'])
  })

  it('take the pictures of a former audit for no films', async () => {
    const { engine } = engineWith({ furtherTests: () => exampleTests() })
    const discover: FilmSource['discover'] = async () => ({
      files: ['film-1', 'out/film-1/simplified.png'],
      skipped: 0,
    })
    const { found, skipped } = await audited(engine, { paths: ['folder'], films: { ...scriptedFilms, discover } })
    expect(found).toHaveLength(1)
    expect(skipped).toBe(1)
  })

  it('cost no audit where the folder cannot be written to', async () => {
    const { engine, asked } = engineWith({ furtherTests: () => exampleTests() })
    await expect(audited(engine, { out: 'file' })).rejects.toMatchObject({ code: 'WRITE_FAILED' })
    expect(asked).toEqual([])
  })

  it('leave nothing of a case that could not be written whole, and go on', async () => {
    const { engine } = engineWith({ furtherTests: () => exampleTests() })
    const refused = { records: ['out/film-1/audit.json'], andAll: false }
    const { found, dropped, written, ended } = await audited(engine, { refused })
    expect(found).toMatchObject([{ error: { code: 'WRITE_FAILED' } }, { folder: 'out/film-2' }])
    expect(dropped).toEqual(['out/film-1'])
    expect([...written.keys()]).toEqual(['out/film-2/audit.json'])
    expect(ended).toBeUndefined()
  })

  it('end where the disk is full: no other film would find room', async () => {
    const { engine, audits } = engineWith({ furtherTests: () => exampleTests() })
    const refused = { records: ['out/film-1/audit.json'], andAll: true }
    const { found, ended } = await audited(engine, { refused, paths: ['film-1', 'film-2', 'film-3', 'film-4'] })
    expect(found).toMatchObject([{ error: { message: 'No room for the record.' } }])
    expect(ended).toBe('The disk is full.')
    // The second film’s audit may have begun, and is called off.
    expect(audits.length).toBeLessThanOrEqual(2)
    expect(audits.slice(1).every(({ options }) => options.signal?.aborted)).toBe(true)
  })

  it('are written while the engine is at the next film, and told in their order', async () => {
    const { engine, asked } = engineWith({ furtherTests: () => exampleTests() })
    const audits = () => asked.filter((method) => method === 'audit').length
    const auditsBegun: number[] = []
    const writing = async () => {
      const before = audits()
      for (let turn = 0; turn < 500 && audits() === before; turn++) await new Promise(setImmediate)
      auditsBegun.push(audits())
    }
    const { found } = await audited(engine, { paths: ['film-1', 'film-2', 'film-3'], writing })
    expect(auditsBegun).toEqual([2, 3, 3])
    expect(found).toMatchObject([{ folder: 'out/film-1' }, { folder: 'out/film-2' }, { folder: 'out/film-3' }])
  })

  it('never take the place of the summary, however a film is called', async () => {
    const { engine } = engineWith({ furtherTests: () => exampleTests() })
    const { written } = await audited(engine, { paths: ['summary.json.dcm', 'Summary.MD.dcm'] })
    expect([...written.keys()]).toEqual(['out/summary.json-2/audit.json', 'out/Summary.MD-2/audit.json'])
  })

  it('do not begin where the second classifier sees pictures of another size', async () => {
    const classify = ({ pictures }: { pictures: Uint8Array }) => {
      if (pictures.length === PIXELS) throw new SimpleBitsError('BAD_REQUEST', 'Expected 1 pictures of 64 × 64 levels.')
    }
    const { engine, asked } = engineWith({ classify })
    await expect(audited(engine)).rejects.toThrow(/second classifier effusion-128-b .* 64 × 64/)
    expect(asked).toEqual(['classify'])
  })
})

describe('the summary of audits', () => {
  it('says first what it is for', async () => {
    const written = new Map<string, string>()
    const text = async (path: string, said: string) => void written.set(path, said)
    await writeSummary({ text, tensors: async () => undefined }, 'out', [])
    const table = written.get('out/summary.md') ?? ''
    expect(table).toMatch(`**${RESEARCH_USE_ONLY}.**\n\n| case |`)
    // Every column that is no plain word is explained below the table.
    const columns = /^\| case \| (.*) \|$/m.exec(table)?.[1]?.split(' | ') ?? []
    expect(columns.length).toBeGreaterThan(10)
    for (const column of columns.filter((name) => name !== 'decision')) expect(table).toContain(`*${column}*`)
    const json = written.get('out/summary.json') ?? ''
    expect(Object.entries(JSON.parse(json))[0]).toEqual(['researchUseOnly', RESEARCH_USE_ONLY])
  })
})

describe('explanations of files', () => {
  it('go on with a new engine where a film cost the last one', async () => {
    const { engine, asked } = engineWith({
      explain: () => (asked.length === 1 ? failing('ENGINE_DIED')() : exampleExplanation()),
    })
    const films: FilmSource = {
      ...scriptedFilms,
      read: async (place) => ({
        ...(await scriptedFilms.read(place)),
        pixels: Uint8Array.from({ length: 16 }, (_, i) => (place === 'film-1' ? i : 15 - i)),
      }),
    }
    const signal = new AbortController().signal
    const request = { ...MODELS, paths: ['film-1', 'film-2'], confirmed: false, signal, onProgress: () => undefined }
    const found = []
    for await (const row of explainFiles({ engine, films }, request)) found.push(row)
    expect(found).toMatchObject([{ error: { code: 'ENGINE_DIED' } }, { file: 'film-2' }])
    expect(asked).toEqual(['explain', 'restart', 'explain'])
  })
})
