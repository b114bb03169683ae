import { describe, expect, it } from 'vitest'
import {
  reportedPath,
  type AuditRecord,
  type CaseId,
  type FrameView,
  type PathPoint,
  type WorkstationEvent,
} from '../../../contract'
import { FILM_FRAME } from '../../../contract/shared'
import { bitsRange, curvePoints, stopsOf } from '../../../renderer/presentation/wayStops'
import { afterEvent, justQueued } from '../../../renderer/stores/liveAudits'
import { exampleRecord } from '../../support/exampleReport'

const caseId = 'film-1' as CaseId
const original = { bits: 50_000, bpd: 3.05, probability: 0.83, matchingDistance: 0.2 }

type Essentials = Pick<PathPoint, 'step' | 'bits' | 'frame'>

const point = ({ step, bits, frame }: Essentials, kept = true): PathPoint => ({
  step,
  pressure: 1,
  bits,
  bpd: bits / 16384,
  aboveFlat: 0.1,
  probability: kept ? 0.8 : 0.3,
  matchingDistance: 0.1,
  kl: 0.01,
  decisionKept: kept,
  seconds: step,
  frame,
})
const first = point({ step: 10, bits: 30_000, frame: 0 })
const second = point({ step: 20, bits: 28_000, frame: null })
const points = [
  first,
  second,
  point({ step: 30, bits: 20_000, frame: 1 }),
  point({ step: 40, bits: 15_000, frame: 2 }, false),
]

describe('the way', () => {
  it('gives the chosen stop the figures of the result, which other views show', () => {
    const figures = { bits: 20_400, bpd: 20_400 / 16384, aboveFlat: 0.12, probability: 0.81 }
    const simplified = { ...figures, logit: 1, noiseDraws: 8, step: 30, pressure: 1, frame: 1 }
    const shown = reportedPath({ ...exampleRecord(), path: points, simplified })
    expect(shown[2]).toEqual({ ...points[2], ...figures })
    expect(shown.filter((_, i) => i !== 2)).toEqual(points.filter((_, i) => i !== 2))
  })

  it('does not call the decision of the chosen stop kept where the result’s is lost', () => {
    const record = exampleRecord()
    const { frame } = record.simplified
    const chosen = (changes: Partial<AuditRecord>) =>
      reportedPath({ ...record, ...changes }).find((each) => each.frame === frame)?.decisionKept
    const certificate = { ...record.certificate, decisionKept: false, draws: { kept: 7, of: 8 } }
    expect([chosen({}), chosen({ decisionKept: false }), chosen({ certificate })]).toEqual([true, false, false])
  })

  it('begins at the film and stops where there is a picture', () => {
    const stops = stopsOf({ original, points })
    expect(stops.map((stop) => stop.frame)).toEqual([FILM_FRAME, 0, 1, 2])
    expect(stops[0]).toMatchObject({ point: null, figures: { probability: 0.83, aboveFlat: 1 } })
    expect(stops[2]?.figures.bits).toBe(20_000)
  })

  it('draws every point by bits left, the film at 100 %', () => {
    const curve = curvePoints({ original, points }, 'probability')
    expect(curve.map(({ x }) => x)).toEqual([30, 40, 56, 60, 100])
    expect(curve[0]).toMatchObject({ kept: false, frame: 2, y: 0.3 })
    expect(curve.at(-1)).toMatchObject({ frame: FILM_FRAME, y: 0.83 })
  })

  it('draws the film where its distance from itself lies, and not at all where that was not measured', () => {
    const film = (of: typeof original | Omit<typeof original, 'matchingDistance'>) =>
      curvePoints({ original: of, points }, 'matchingDistance').find(({ frame }) => frame === FILM_FRAME)
    expect(film(original)).toMatchObject({ x: 100, y: 0.2 })
    const { bits, bpd, probability } = original
    expect(film({ bits, bpd, probability })).toBeUndefined()
  })
})

describe('the range of the curve', () => {
  it('holds all stops, and the film only where it does not squeeze them together', () => {
    const curve = curvePoints({ original, points }, 'probability')
    const [low, high] = bitsRange(curve)
    expect(low).toBeLessThan(30)
    expect(high).toBeGreaterThan(60)
    expect(high).toBeLessThan(100)
    const near = bitsRange(
      curvePoints({ original, points: [...points, point({ step: 5, bits: 45_000, frame: 3 })] }, 'probability'),
    )
    expect(near[1]).toBeGreaterThan(100)
  })

  it('exists before there is a stop', () => {
    expect(bitsRange(curvePoints({ original, points: [] }, 'probability'))).toEqual([0, 105])
  })
})

describe('a running audit', () => {
  const frame = (number: number): FrameView => ({
    frame: number,
    picture: new Uint8Array(128 * 128),
    map: new Float32Array(128 * 128),
  })
  type Streamed = Parameters<typeof afterEvent>[1]
  const stream: Extract<WorkstationEvent, Streamed>[] = [
    {
      type: 'auditStarted',
      caseId,
      original,
      flatBits: 20_000,
      flatMap: new Float32Array(128 * 128),
      threshold: 0.4,
      originalMap: new Float32Array(128 * 128),
    },
    { type: 'auditPoint', caseId, point: { ...first, frame: 0 }, frame: frame(0), usable: true },
    { type: 'auditPoint', caseId, point: { ...second, frame: 1 }, frame: frame(1), usable: false },
    { type: 'auditProgress', caseId, progress: { done: 2, total: 8, secondsLeft: 12, note: '' } },
  ]

  it('is what its events have told so far', () => {
    const audit = stream.reduce(afterEvent, justQueued)
    expect(audit).toMatchObject({ original, threshold: 0.4, flatBits: 20_000 })
    expect(audit.points.map((one) => one.step)).toEqual([10, 20])
    expect([...audit.frames.keys()]).toEqual([0, 1])
    expect(audit.usable).toBe(true)
    expect(audit.progress?.secondsLeft).toBe(12)
  })

  it('forgets what came before when it starts anew, but not that it is being cancelled', () => {
    const before = { ...stream.reduce(afterEvent, justQueued), cancelling: true }
    const again = [stream[0]].flatMap((event) => event ?? []).reduce(afterEvent, before)
    expect(again.points).toEqual([])
    expect(again.frames.size).toBe(0)
    expect(again.cancelling).toBe(true)
  })
})
