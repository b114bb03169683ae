import { describe, expect, it } from 'vitest'
import { chooseStop, retention, type Candidate } from '../../../main/engine/audit/choose'
import { flatLevels, informationAboveFlat } from '../../../main/engine/audit/flatPicture'
import { lowestCorrelation } from '../../../main/engine/audit/repeatability'

const film = { probability: 0.7, decision: true }
const limits = { probability: 0.05, distance: 0.15 }
const stop = (of: Partial<Candidate>): Candidate => ({
  bits: 1000,
  probability: 0.7,
  decision: true,
  distance: 0.1,
  kl: 0.01,
  ...of,
})
const always = () => true

describe('the rule of choice', () => {
  it('takes the fewest bits among the stops that retain decision, probability and match', () => {
    const stops = [stop({ bits: 900 }), stop({ bits: 500 }), stop({ bits: 700 })]
    expect(chooseStop(stops, { film, limits, robust: always })).toEqual({ index: 1, retention: 'retained' })
  })

  it('never takes a stop whose decision is not kept, however simple', () => {
    const stops = [stop({ bits: 900 }), stop({ bits: 100, decision: false, probability: 0.3 })]
    expect(chooseStop(stops, { film, limits, robust: always }).index).toBe(0)
  })

  it('passes over a stop whose decision falls under some noise draw', () => {
    const stops = [stop({ bits: 900 }), stop({ bits: 500 }), stop({ bits: 700 })]
    expect(chooseStop(stops, { film, limits, robust: (index) => index !== 1 }).index).toBe(2)
  })

  it('prefers a costlier stop within the limits to a cheaper one beyond them', () => {
    const stops = [stop({ bits: 900 }), stop({ bits: 300, distance: 0.4 }), stop({ bits: 200, probability: 0.95 })]
    expect(chooseStop(stops, { film, limits, robust: always })).toEqual({ index: 0, retention: 'retained' })
  })

  it('falls back to a kept decision alone, the nearest match, and says so', () => {
    const stops = [stop({ bits: 300, distance: 0.5 }), stop({ bits: 900, distance: 0.4 })]
    expect(chooseStop(stops, { film, limits, robust: always })).toEqual({ index: 1, retention: 'decision' })
  })

  it('shows the nearest stop as lost where no decision is kept', () => {
    const stops = [
      stop({ decision: false, kl: 0.4 }),
      stop({ decision: false, kl: 0.2 }),
      stop({ decision: false, kl: NaN }),
    ]
    expect(chooseStop(stops, { film, limits, robust: always })).toEqual({ index: 1, retention: 'lost' })
    expect(chooseStop([stop({})], { film, limits, robust: () => false }).retention).toBe('lost')
  })

  it('counts a stop without finite numbers as lost', () => {
    expect(retention(stop({ bits: NaN }), film, limits)).toBe('lost')
    expect(retention(stop({ kl: NaN }), film, limits)).toBe('lost')
    expect(retention(stop({ distance: NaN }), film, limits)).toBe('decision')
  })

  it('counts the limits themselves as within them, on either side of the film’s probability', () => {
    const of = (probability: number, distance: number) =>
      retention(stop({ probability, distance }), { probability: 0.5, decision: true }, { ...limits, probability: 0.25 })
    expect([of(0.25, 0.15), of(0.75, 0.15)]).toEqual(['retained', 'retained'])
    expect([of(0.24, 0.15), of(0.76, 0.15), of(0.5, 0.16)]).toEqual(['decision', 'decision', 'decision'])
  })
})

describe('the flat picture', () => {
  it('has the film’s mean level everywhere', () => {
    expect([...flatLevels(Uint8Array.of(0, 10, 20, 31))]).toEqual([15, 15, 15, 15])
  })

  it('is the zero of information above flat, the film its one', () => {
    expect(informationAboveFlat(50, { film: 100, flat: 50 })).toBe(0)
    expect(informationAboveFlat(100, { film: 100, flat: 50 })).toBe(1)
    expect(informationAboveFlat(45, { film: 100, flat: 50 })).toBeCloseTo(-0.1)
    expect(informationAboveFlat(50, { film: 50, flat: 50 })).toBe(1)
  })
})

it('the lowest correlation of any two pictures', () => {
  const [a, b, c] = [Uint8Array.of(1, 2, 3), Uint8Array.of(2, 4, 6), Uint8Array.of(3, 2, 1)]
  expect(lowestCorrelation([a, b])).toBeCloseTo(1)
  expect(lowestCorrelation([a, b, c])).toBeCloseTo(-1)
})
