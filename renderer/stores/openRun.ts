import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { CallResult, CurvePoint, LabTable, SampleGrid, TradeOff } from '../../contract'
import { call } from '../api'
import { isActive } from '../presentation/labWords'
import { bestSetting } from '../presentation/tradeOffPlot'
import type { LabEvent } from './lab'
import { useLoading } from './loading'

/** What a run has shown so far, by cell. */
interface RunStream {
  readonly points: ReadonlyMap<string, readonly CurvePoint[]>
  readonly samples: ReadonlyMap<string, SampleGrid>
}

const nothing: RunStream = { points: new Map(), samples: new Map() }

const PHASES: readonly CurvePoint['phase'][] = ['classifier', 'joint', 'condensing', 'retraining', 'evaluation']
const isBefore = (a: CurvePoint, b: CurvePoint) =>
  a.step < b.step || (a.step === b.step && PHASES.indexOf(a.phase) < PHASES.indexOf(b.phase))

/** A resumed cell goes on from its checkpoint: points that it had reached before give way to the new ones. */
function extended(points: readonly CurvePoint[], point: CurvePoint): CurvePoint[] {
  let kept = points.length
  for (let last = points[kept - 1]; last && !isBefore(last, point); last = points[kept - 1]) kept -= 1
  return [...points.slice(0, kept), point]
}

function streamOf({ points, samples }: Pick<CallResult<'labRun'>, 'points' | 'samples'>): RunStream {
  const byCell = new Map<string, CurvePoint[]>()
  for (const point of points) byCell.set(point.cell, [...(byCell.get(point.cell) ?? []), point])
  return { points: byCell, samples: new Map(samples.map((grid) => [grid.cell, grid])) }
}

type StreamEvent = Extract<LabEvent, { type: 'labPoint' | 'labSamples' }>

/** The state after one event of a run's stream; pure, so that a run can be replayed in a test. */
function afterLabEvent(stream: RunStream, event: StreamEvent): RunStream {
  if (event.type === 'labSamples')
    return { ...stream, samples: new Map(stream.samples).set(event.samples.cell, event.samples) }
  const { point } = event
  const points = extended(stream.points.get(point.cell) ?? [], point)
  return { ...stream, points: new Map(stream.points).set(point.cell, points) }
}

/** The run on screen: curves, pictures, tables. Opening another drops all of it. */
export const useOpenRun = defineStore('openRun', () => {
  const id = ref<string | null>(null)
  const { state, failure, load, fail } = useLoading('empty')
  const stream = shallowRef<RunStream>(nothing)
  const tables = shallowRef<readonly LabTable[]>([])
  const tradeOff = shallowRef<TradeOff | null>(null)
  /** Whether it came with the program: then it stays, and its curves did not come along. */
  const bundled = ref(false)
  const removable = computed(() => state.value === 'ready' && !bundled.value)
  /** Cells whose pictures are shown; empty: those that change last. */
  const chosen = shallowRef<readonly string[]>([])
  /** Comes while the run is being read. */
  let early: StreamEvent[] = []
  let results = 0

  async function open(runId: string): Promise<void> {
    if (id.value === runId && state.value !== 'failed') return
    close()
    id.value = runId
    await load(() => call('labRun', { runId }), { take: takeRun, isCurrent: () => id.value === runId })
  }

  function takeRun(found: CallResult<'labRun'>): void {
    const read = streamOf(found)
    stream.value = early.reduce(afterLabEvent, read)
    early = []
    bundled.value = found.bundled
    takeResults(found)
    if (found.tradeOff && !isActive(found.run.state))
      chosen.value = bestSetting(found.tradeOff, (cell) => read.samples.has(cell))?.cells ?? []
  }

  function takeResults(found: CallResult<'labRun'>): void {
    results = found.run.results.length
    tables.value = found.tables
    tradeOff.value = found.tradeOff
  }

  function close(): void {
    id.value = null
    state.value = 'empty'
    stream.value = nothing
    tables.value = []
    tradeOff.value = null
    bundled.value = false
    chosen.value = []
    early = []
    results = 0
  }

  function take(event: LabEvent): void {
    if (event.type === 'labRun') {
      if (event.run.id !== id.value) return
      if (event.run.results.length !== results || !isActive(event.run.state)) void readResults(event.run.id)
      return
    }
    if (event.runId !== id.value) return
    if (event.type === 'labRemoved') close()
    else if (event.type === 'labProgress') return
    else if (state.value === 'loading') early.push(event)
    else stream.value = afterLabEvent(stream.value, event)
  }

  /** Tables and trade-off after a cell has ended; the curves come by events. */
  async function readResults(runId: string): Promise<void> {
    try {
      const found = await call('labRun', { runId })
      if (id.value === runId) takeResults(found)
    } catch (error) {
      if (id.value === runId) fail(error)
    }
  }

  return { id, state, failure, stream, tables, tradeOff, bundled, removable, chosen, open, close, take }
})
