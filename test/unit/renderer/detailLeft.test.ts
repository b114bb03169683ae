import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { caseId, FILM_FRAME, type InstantEstimate, type PathPoint } from '../../../contract'
import { useKeptPane } from '../../../renderer/composables/useKeptPane'
import { useProbe } from '../../../renderer/composables/useProbe'
import { detailMissing, stopDetail } from '../../../renderer/presentation/detailWords'
import { MAP_MODES } from '../../../renderer/presentation/panes'
import { useBitMap } from '../../../renderer/stores/bitMap'
import { useEngine } from '../../../renderer/stores/engine'
import { useInstant } from '../../../renderer/stores/instant'
import { useLiveAudits } from '../../../renderer/stores/liveAudits'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useStage } from '../../../renderer/stores/stage'
import { useWay } from '../../../renderer/stores/way'
import { exampleHeader, exampleRecord } from '../../support/exampleReport'
import { settled } from '../../support/settled'
import { exampleDetail, mainSide } from '../../support/windowSide'

const film = caseId.parse('one')
const SIZE = 128 * 128
const picture = new Uint8Array(SIZE)
/** A fifth everywhere, all of it at the first pixel. */
const detail = new Uint8Array(SIZE).fill(51)
detail[0] = 255
const record = exampleRecord()

/** A case whose audit kept the detail left, or did not; null: no audit. */
async function opened(kept: boolean | null): Promise<void> {
  const estimate: InstantEstimate = {
    ...{ picture, map: new Float32Array(SIZE), bits: 20_000, bpd: 1.2, bitsLeft: 0.4 },
    ...{ aboveFlat: 0.2, probability: 0.8, decisionKept: true, milliseconds: 30 },
  }
  mainSide({
    openCase: () => exampleDetail('one', { audit: kept === null ? null : record }),
    instantEstimate: () => estimate,
    frame: ({ frame }) => {
      const map = new Float32Array(SIZE).fill(frame === FILM_FRAME ? 4.7 : 1)
      return { frame, picture, map, ...(kept && frame !== FILM_FRAME ? { detail } : {}) }
    },
  })
  useEngine().state = { state: 'ready', info: { backend: 'wasm', refused: [], threads: 1, versions: {}, models: [] } }
  useInstant()
  useWay()
  useStage().mapMode = 'detail'
  await useOpenCase().open(film)
  await settled()
}

beforeEach(() => setActivePinia(createPinia()))

describe('the map of the detail left', () => {
  it('shows shares as they are, from none to all of it', async () => {
    await opened(true)
    const { shown } = useBitMap()
    expect(shown?.range).toEqual({ low: 0, high: 1 })
    expect([shown?.map[0], shown?.map[1]]).toEqual([1, Math.fround(0.2)])
    expect(shown?.colours).toBe('sequential')
  })

  it('is dragged brighter, but its colours do not end beyond all of it', async () => {
    await opened(true)
    const [bitMap, stage] = [useBitMap(), useStage()]
    stage.mapReach = 0.3
    expect(bitMap.shown?.range).toEqual({ low: 0, high: 0.3 })
    expect(useKeptPane('bitmap').value.shows).toMatch(/^share of the film's detail, colours from 0 to 30\s% · /)
    stage.mapReach = 3
    expect(bitMap.shown?.range).toEqual({ low: 0, high: 1 })
  })

  it('has its colours fitted to what is left, or all of it as their end', async () => {
    detail[0] = 90
    await opened(true)
    const [bitMap, stage] = [useBitMap(), useStage()]
    expect(bitMap.shown?.range).toEqual({ low: 0, high: 0.4 })
    stage.fitDetail = false
    expect(bitMap.shown?.range).toEqual({ low: 0, high: 1 })
    detail[0] = 255
  })

  it('of the film itself is all of it', async () => {
    await opened(true)
    useWay().moveTo(0)
    const map = useBitMap().shown?.map
    expect([map?.length, map?.every((share) => share === 1)]).toEqual([SIZE, true])
  })

  it('comes with a running audit’s stops', async () => {
    await opened(null)
    const [bitMap, liveAudits] = [useBitMap(), useLiveAudits()]
    const [point] = record.path
    if (!point) throw new Error('the example has no way')
    const map = new Float32Array(SIZE)
    const figures = { original: { ...record.original, matchingDistance: 0.2 }, flatBits: 1, threshold: 0.5 }
    liveAudits.take({ type: 'auditStarted', caseId: film, ...figures, originalMap: map, flatMap: map })
    const frame = { frame: 0, picture, map, detail }
    liveAudits.take({ type: 'auditPoint', caseId: film, point: { ...point, frame: 0 }, frame, usable: true })
    await settled()
    expect(bitMap.shown?.map[1]).toBeCloseTo(0.2)
  })

  it('is not there of an audit by an earlier version, whose bits still are', async () => {
    await opened(false)
    const [bitMap, stage] = [useBitMap(), useStage()]
    expect(useWay().view).not.toBeNull()
    expect([bitMap.shown, bitMap.words]).toEqual([null, null])
    expect(useKeptPane('bitmap').value.shows).toMatch(/^not known of this picture · /)
    stage.mapMode = 'kept'
    expect(bitMap.shown?.map[0]).toBe(1)
  })

  it('is not there of the instant estimate', async () => {
    await opened(null)
    expect([useWay().estimated, useBitMap().shown]).toEqual([true, null])
    expect(detailMissing(true)).toContain('instant estimate')
    expect(detailMissing(false)).toContain('earlier version')
  })

  it('is named in key images, over the film too', async () => {
    await opened(true)
    const stage = useStage()
    stage.overlay = 0.5
    const { title, shows } = useKeptPane('bitmap').value
    expect(`${title}: ${shows}`).toMatch(
      /^Detail left: share of the film's detail, colours from 0 to 100\s% · \d+\s% of/,
    )
    expect(useKeptPane('film').value.shows).toMatch(/ · map over it: detail left$/)
    stage.mapMode = 'kept'
    expect(useKeptPane('bitmap').value.title).toBe('Bit map')
  })

  it('is read at the cursor', async () => {
    for (const [kept, read] of [
      [true, /^detail left 20\s%$/],
      [false, /^none$/],
    ] as const) {
      setActivePinia(createPinia())
      await opened(kept)
      useStage().cursor = { x: 4, y: 4 }
      expect(useProbe().value?.detail ?? 'none').toMatch(read)
    }
  })

  it('has its turn among the maps', () => {
    const stage = useStage()
    const seen = MAP_MODES.map(() => {
      stage.cycleMap()
      return stage.mapMode
    })
    expect(seen).toEqual(['removed', 'original', 'detail', 'kept'])
  })
})

describe('the detail that a stop has left, scale by scale', () => {
  const box = { x: 0, y: 0, width: 1000, height: 1000 }
  const header = exampleHeader({ width: 1000, height: 1000, spacing: null })
  const ruler = { header, modelInput: { box } }
  const point: Pick<PathPoint, 'detail'> = { detail: [0, 0.1, 0.5] }

  it('is told with the width of its structures', () => {
    const told = stopDetail(point, [0.7, 1.4], ruler)
    expect(told?.heading).toBe('Width of structures, pixels of the model’s picture')
    expect(told?.rows).toEqual([
      { width: 'under 2', share: 0 },
      { width: '2–3', share: 0.1 },
      { width: 'over 3', share: 0.5 },
    ])
  })

  it('is told by the order of the scales while the audit runs, whose record is not there yet', () => {
    const told = stopDetail(point, undefined, ruler)
    expect(told?.heading).toBe('Size of structures')
    expect(told?.rows.map(({ width }) => width)).toEqual(['finest', 'scale 2', 'coarsest'])
  })

  it('is not told of the film, nor of an audit by an earlier version', () => {
    expect(stopDetail(null, [0.7, 1.4], ruler)).toBeNull()
    expect(stopDetail({}, [0.7, 1.4], ruler)).toBeNull()
  })
})
