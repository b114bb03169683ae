import { describe, expect, it } from 'vitest'
import type { Stop } from '../../../renderer/presentation/wayStops'
import { notJudgedSentence } from '../../../renderer/presentation/alarmWords'
import { stoppedEarlySentence } from '../../../renderer/presentation/auditWords'
import { certificateSentences } from '../../../renderer/presentation/certificateWords'
import { standingText } from '../../../renderer/presentation/paneWords'
import { stopFigures, stopTitle } from '../../../renderer/presentation/stopWords'
import { replacedSentence } from '../../../renderer/presentation/zoneWords'
import { exampleRecord } from '../../support/exampleReport'

const record = exampleRecord()
const part = { mode: 'keep' as const, zones: ['mediastinum' as const], brushed: false, pixels: 900 }

describe('an audit that was stopped early', () => {
  it('is told from a finished one first of all', () => {
    expect(stoppedEarlySentence({ stopped: 'finished' })).toBeNull()
    expect(stoppedEarlySentence({ stopped: 'cancelled' })).toMatch(/^This audit was stopped early\./)
  })

  it('is the reason why the alarm was not judged, as far as the record tells it', () => {
    expect(notJudgedSentence({ ...record, stopped: 'cancelled' })).toBe('Not judged: stopped early.')
    expect(notJudgedSentence({ ...record, decisionKept: false })).toBe('Not judged: the decision was not kept.')
    expect(notJudgedSentence({ ...record, restriction: part })).toBe('Not judged: an audit of one part only.')
    expect(notJudgedSentence({ ...record, restriction: undefined })).toMatch(/^Not judged: it takes/)
  })
})

describe('an audit of one part', () => {
  it('says what of the whole film goes, and asks nothing where nothing does', () => {
    const { simplified, original } = record
    const whole = { simplified: { ...simplified, bits: 0.42 * original.bits }, original }
    expect(replacedSentence({ ...whole, restriction: undefined })).toMatch(
      /^The audit of the whole film, 42\u00a0% of the bits, goes; a report made from it stays\./,
    )
    expect(replacedSentence({ ...whole, restriction: part })).toBeNull()
    expect(replacedSentence(null)).toBeNull()
  })
})

it('the certificate sets its distance beside the limit of the search, where it is one of the same distance', () => {
  const said = (changes: object) => certificateSentences({ ...record, ...changes })[2]
  const settings = { ...record.settings, limitDistance: 0.4 }
  expect(said({ settings })).toMatch(/simplified picture\): \d\.\d\d \(limit 0\.40\); the film itself/)
  expect(said({ settings, objective: 'gradient' })).not.toContain('limit')
  expect(said({ settings: {} })).not.toContain('limit')
})

describe('a stop of the way', () => {
  const stop = (probability: number, kept: boolean): Stop => {
    const [point] = record.path
    if (!point) throw new Error('the example has a way')
    const figures = { bits: 19_000, bpd: 1, aboveFlat: 0.1, probability }
    return { frame: 1, point: { ...point, decisionKept: kept }, figures }
  }
  const read = { filmBits: 50_000, threshold: 0.292 }

  it('has as many digits as show on which side of the threshold it lies', () => {
    expect(stopFigures(stop(0.289, true), read)).toBe('38\u00a0% of the bits, effusion 28.9\u00a0%')
    expect(stopFigures(stop(0.25, true), read)).toBe('38\u00a0% of the bits, effusion 25\u00a0%')
  })

  it('says what becomes of the decision; the film says nothing of that', () => {
    expect(stopTitle(stop(0.25, true), read)).toMatch(/, decision kept$/)
    expect(stopTitle(stop(0.4, false), read)).toMatch(/, decision not kept$/)
    const film: Stop = { frame: -1, point: null, figures: { ...stop(0.25, true).figures, bits: 50_000 } }
    expect(stopTitle(film, read)).toBe('The film: 100\u00a0% of the bits, effusion 25\u00a0%')
  })
})

it('a window is written without an exponent, also that of a film of one even grey', () => {
  const text = (center: number, width: number) =>
    standingText({ kind: 'window', center, width, function: 'LINEAR_EXACT', explanation: null }, 1)
  expect(text(0.0005, 0.001)).toMatch(/^C 0(\.\d+)? · W 0\.001/)
  expect(text(2048.4, 4096)).toMatch(/^C 2048 · W 4096 · fit\u00a0×\u00a01\.0$/)
  expect(text(0, 1e-9)).not.toMatch(/e-/)
})
