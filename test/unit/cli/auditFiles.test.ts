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
  return { engine: { ...scripted, call: call as Engine['call'], restart }, asked }
}

interface Given {
  readonly paths: readonly string[]
  readonly out: string
  readonly films: FilmSource
  readonly former: ReadonlyMap<string, string>
}
const GIVEN: Given = { paths: ['film-1', 'film-2'], out: 'out', films: scriptedFilms, former: new Map() }

/** Audits two films with further tests; `written` holds the records by folder, `former` whose cases lie there already. */
async function audited(engine: Engine, of: Partial<Given> = {}) {
  const { paths, out, films, former } = { ...GIVEN, ...of }
  const written = new Map<string, unknown>()
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
        text: async (path, text) => void written.set(path, JSON.parse(text)),
        tensors: async () => undefined,
      },
      folders: {
        ready: async (out) => {
          if (out !== 'out') throw new SimpleBitsError('WRITE_FAILED', 'It is a file.')
        },
        filmOf: async (folder) => sha256.nullable().parse(former.get(folder) ?? null),
        begin: async () => undefined,
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
  for await (const row of rows) found.push(row)
  return { found, written, skipped }
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
    expect(written.get('out/summary.md')).toMatch(`**${RESEARCH_USE_ONLY}.**\n\n| case |`)
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
