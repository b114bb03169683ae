import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { problemsOf, tablesOf, tradeOffOf } from '../../../main/domain/experiments'
import {
  experimentRun,
  type CallAnswer,
  type CurvePoint,
  type ExperimentRun,
  type RunState,
  type SampleGrid,
  type WorkstationCall,
} from '../../../contract'
import { useExperimentForm } from '../../../renderer/stores/experimentForm'
import { useLab } from '../../../renderer/stores/lab'
import { useNotices } from '../../../renderer/stores/notices'
import { useOpenRun } from '../../../renderer/stores/openRun'
import { exampleExperiment, exampleResult } from '../../support/exampleExperiment'

const CELL = 'bits-2-seed0'

const runIn = (state: RunState, changes: Partial<ExperimentRun> = {}): ExperimentRun =>
  experimentRun.parse({
    ...{ version: 1, id: 'tiny', experiment: exampleExperiment(), state, error: null, results: [], seconds: 0 },
    ...{ startedAt: '2026-01-01T00:00:00.000Z', endedAt: null, revision: null, versions: {}, backend: '', hashes: {} },
    ...changes,
  })

const point = (step: number, changes: Partial<CurvePoint> = {}): CurvePoint => ({
  ...{ cell: CELL, step, of: 30, phase: 'joint', loss: 1 / step, bpd: 4, accuracy: null, auc: null },
  ...changes,
})

const grid: SampleGrid = {
  ...{ cell: CELL, size: 2, channels: 1, count: 1, labels: ['7'], bits: [{ before: 20, after: 5 }] },
  ...{ originals: new Uint8Array(4), pictures: new Uint8Array(4) },
}

/** A main side that knows one run; `answers` replaces what it says. */
function mainSide(answers: Partial<Record<WorkstationCall, (params: never) => unknown>> = {}) {
  const calls: { name: string; params: unknown }[] = []
  const known: Partial<Record<WorkstationCall, (params: never) => unknown>> = {
    labTemplates: () => [],
    labRuns: () => [runIn('running')],
    labRun: () => ({
      run: runIn('running'),
      points: [point(1)],
      samples: [],
      tables: [],
      tradeOff: null,
      bundled: false,
    }),
    ...answers,
  }
  const call = async (name: WorkstationCall, params: never): Promise<CallAnswer<never>> => {
    // What crosses the bridge is cloned: a reactive proxy would be refused there.
    calls.push({ name, params: structuredClone(params) })
    const answer = known[name]
    if (!answer) return { ok: true, result: null as never }
    return { ok: true, result: (await answer(params)) as never }
  }
  vi.stubGlobal('window', { api: { call, onEvent: () => () => undefined, pathOfFile: () => '' } })
  return calls
}

beforeEach(() => setActivePinia(createPinia()))

describe('an experiment whose data have gone since it was shown', () => {
  it('says what it lacks, where another folder can be chosen', async () => {
    const missing = { what: 'data', text: 'Its data were not found.' } as const
    const rest = { file: 'tiny.json', estimateSeconds: null, measuredHere: false }
    let lacks: typeof missing | null = null
    mainSide({
      labTemplates: () => [{ experiment: exampleExperiment(), missing: lacks, ...rest }],
      labStart() {
        lacks = missing
        throw new Error(missing.text)
      },
    })
    const lab = useLab()
    await lab.load()
    expect(lab.templates[0]?.missing).toBeNull()
    await lab.start(exampleExperiment())
    expect(lab.templates[0]?.missing).toEqual(missing)
    expect(useNotices().current).toMatchObject({ kind: 'error', text: missing.text })
  })
})

describe('the lab', () => {
  it('opens the run that is computed, and says what pausing waits for', async () => {
    const calls = mainSide()
    const lab = useLab()
    await lab.load()
    expect(lab.run?.id).toBe('tiny')
    expect(lab.computing).toBe(true)

    await lab.pauseOrResume()
    expect(calls.at(-1)).toEqual({ name: 'labPause', params: { runId: 'tiny' } })
    expect(lab.ending.get('tiny')).toBe('pause')
    lab.take({ type: 'labRun', run: runIn('paused') })
    expect(lab.ending.size).toBe(0)
    expect(lab.computing).toBe(false)

    await lab.pauseOrResume()
    expect(calls.at(-1)?.name).toBe('labResume')
  })

  it('keeps progress while a run is computed, and forgets a removed run', async () => {
    mainSide()
    const lab = useLab()
    await lab.load()
    const progress = { done: 0.5, total: 2, secondsLeft: 60, note: '' }
    lab.take({ type: 'labProgress', runId: 'tiny', progress })
    expect(lab.progress.get('tiny')).toEqual(progress)
    lab.take({ type: 'labRun', run: runIn('done') })
    expect(lab.progress.has('tiny')).toBe(false)
    lab.take({ type: 'labRemoved', runId: 'tiny' })
    expect(lab.runs).toEqual([])
    expect(lab.place).toBeNull()
  })
})

describe('the open run', () => {
  const told = (openRun: ReturnType<typeof useOpenRun>) => openRun.stream.points.get(CELL)?.map(({ step }) => step)

  it('loses no point that comes while the run is being read', async () => {
    let answer = (): void => undefined
    const waits = new Promise<void>((resolve) => (answer = resolve))
    const nothing = { samples: [], tables: [], tradeOff: null, bundled: false }
    const read = { run: runIn('running'), points: [point(1), point(2)], ...nothing }
    mainSide({ labRun: () => waits.then(() => read) })
    const openRun = useOpenRun()
    const opening = openRun.open('tiny')
    openRun.take({ type: 'labPoint', runId: 'tiny', point: point(2) })
    openRun.take({ type: 'labPoint', runId: 'tiny', point: point(3) })
    openRun.take({ type: 'labPoint', runId: 'another', point: point(9) })
    answer()
    await opening
    expect(told(openRun)).toEqual([1, 2, 3])
  })

  it('draws a resumed cell from its checkpoint on', async () => {
    mainSide()
    const openRun = useOpenRun()
    await openRun.open('tiny')
    for (const step of [2, 3, 4]) openRun.take({ type: 'labPoint', runId: 'tiny', point: point(step) })
    openRun.take({ type: 'labPoint', runId: 'tiny', point: point(3, { loss: 7 }) })
    expect(told(openRun)).toEqual([1, 2, 3])
    expect(openRun.stream.points.get(CELL)?.at(-1)?.loss).toBe(7)
    openRun.take({ type: 'labPoint', runId: 'tiny', point: point(30) })
    openRun.take({ type: 'labPoint', runId: 'tiny', point: point(30, { phase: 'evaluation' }) })
    expect(told(openRun)).toEqual([1, 2, 3, 30, 30])
  })

  it('can be removed once it is read, unless it came with the program', async () => {
    const came = { run: runIn('done'), points: [], samples: [], tables: [], tradeOff: null, bundled: true }
    mainSide()
    const openRun = useOpenRun()
    const opening = openRun.open('tiny')
    expect(openRun.removable).toBe(false)
    await opening
    expect(openRun.removable).toBe(true)
    mainSide({ labRun: () => came })
    await openRun.open('noise')
    expect([openRun.removable, openRun.bundled]).toEqual([false, true])
    openRun.close()
    expect(openRun.bundled).toBe(false)
  })

  it('shows the newest pictures, and reads the tables when a cell has ended', async () => {
    const done = runIn('running', { results: [exampleResult(2)] })
    const tables = tablesOf(done).map(({ title, cells }) => ({ title, cells: cells.map((row) => [...row]) }))
    let run = runIn('running')
    mainSide({
      labRun: () => ({
        ...{ run, points: [], samples: [] },
        ...{ tables: run === done ? tables : [], tradeOff: tradeOffOf(run) },
      }),
    })
    const openRun = useOpenRun()
    await openRun.open('tiny')
    openRun.take({ type: 'labSamples', runId: 'tiny', samples: grid })
    expect(openRun.stream.samples.get(CELL)).toBe(grid)
    expect(openRun.tradeOff).toBeNull()
    run = done
    openRun.take({ type: 'labRun', run: done })
    await vi.waitFor(() => expect(openRun.tables).toEqual(tables))
    expect(openRun.tradeOff?.series[0]?.points[0]).toMatchObject({ value: 2, simplified: 0.95 })
    expect(openRun.stream.samples.get(CELL)).toBe(grid)
  })
})

describe('the form of a new experiment', () => {
  it('sends a copy with what was changed, and shows each problem at its field', async () => {
    const asked: unknown[] = []
    mainSide({
      labEstimate: ({ experiment }: { experiment: unknown }) => {
        asked.push(experiment)
        const problems = problemsOf(experiment)
        const found = { file: '', estimateSeconds: 90, measuredHere: true, missing: null }
        return { template: problems.length > 0 ? null : { experiment, ...found }, problems }
      },
    })
    const form = useExperimentForm()
    form.begin(exampleExperiment())
    await vi.waitFor(() => expect(form.ready).toBe(true))
    expect(asked.at(-1)).toEqual(exampleExperiment({ name: 'forty-digits-under-noise' }))

    form.change({ train: 'many', pressures: '0, -1', steps: '0', title: '' })
    await vi.waitFor(() => expect(Object.keys(form.problems).sort()).toEqual(['pressures', 'steps', 'title', 'train']))
    expect(form.ready).toBe(false)

    form.change({ train: '100', pressures: '0; 0.5 2', steps: '5', title: 'Half the noise' })
    await vi.waitFor(() => expect(form.ready).toBe(true))
    expect(form.problems).toEqual({})
    expect(form.checked?.experiment).toMatchObject({ name: 'half-the-noise', pressures: [0, 0.5, 2], steps: 5 })
  })

  it('replaces a target that does not fit other data', async () => {
    mainSide({ labEstimate: () => ({ template: null, problems: [] }) })
    const form = useExperimentForm()
    form.begin(exampleExperiment())
    form.change({ set: 'blend' })
    expect(form.draft?.target).toBe('digit')
    form.change({ target: 'photo' })
    form.change({ set: 'radiographs' })
    expect(form.draft?.target).toBe('effusion')
  })
})
