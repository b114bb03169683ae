import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RESEARCH_USE_ONLY } from '../../../contract'
import { alarmSentences } from '../../../renderer/presentation/alarmWords'
import { bitsDetail, standingText } from '../../../renderer/presentation/paneWords'
import { distanceRatio } from '../../../renderer/presentation/rivalWords'
import * as words from '../../../renderer/presentation/words'
import { exampleAlarm, exampleRest } from '../../support/exampleAlarm'
import { ALARM_CALIBRATION } from '../../../main/domain/zones/alarm'

describe('figures in words', () => {
  it('says where a picture is outside of what the flow knows', () => {
    expect(words.bpdWords(2.345)).toBe('2.35\u00a0bits/pixel')
    expect(words.bpdWords(-0.1)).toBe("outside the flow's range")
    expect(words.bpdWords(16.1)).toBe("outside the flow's range")
  })

  it('scales bits, seconds and small numbers', () => {
    expect([words.bitsWords(321), words.bitsWords(51_234), words.bitsWords(2_500_000)]).toEqual([
      '321\u00a0bit',
      '51.2\u00a0kbit',
      '2.50\u00a0Mbit',
    ])
    expect([999.4, 999.6, 999_949, 999_999].map(words.bitsWords)).toEqual([
      '999\u00a0bit',
      '1.0\u00a0kbit',
      '999.9\u00a0kbit',
      '1.00\u00a0Mbit',
    ])
    expect([41.2, 59.4, 59.6, 125].map(words.secondsWords)).toEqual(['41 s', '59 s', '1 min 00 s', '2 min 05 s'])
    expect([words.figure(0), words.figure(0.0004), words.figure(12.345, 1)]).toEqual(['0.00', '4.0e-4', '12.3'])
    expect([distanceRatio(0.5, 0.05), distanceRatio(0.5, 0)]).toEqual(['10 ×', '–'])
  })

  it('writes no minus before nothing', () => {
    expect([-0.0004, -0.02].map((share) => words.percent(share))).toEqual(['0\u00a0%', '−2\u00a0%'])
  })

  it('shows on which side of the threshold a probability lies', () => {
    const beside = (probability: number, threshold = 0.292) =>
      words.probabilityWords(probability, threshold).replace('\u00a0', ' ')
    expect([beside(0.12), beside(0.291), beside(0.292), beside(0.2919)]).toEqual([
      '12 %',
      '29.1 %',
      '29.2 %',
      '29.19 %',
    ])
    expect(words.decisionLine(false, 0.291, 0.292)).toBe('No effusion (effusion 29.1\u00a0%)')
    expect(words.decisionLine(true, 0.424, 0.292)).toBe('Effusion 42\u00a0%')
    expect(words.decisionPhrase(false, 0.12, null)).toBe('no effusion (effusion 12\u00a0%)')
  })

  it('writes a threshold to a tenth of a percent, further where a film lies that near', () => {
    expect([words.thresholdWords(0.292), words.thresholdWords(0.5)]).toEqual(['29.2\u00a0%', '50.0\u00a0%'])
    expect(words.thresholdWords(0.2921, [0.5, 0.2919])).toBe('29.21\u00a0%')
  })

  it('keeps the research line word for word', () => {
    expect(RESEARCH_USE_ONLY).toBe('Research use only – not for diagnosis')
  })
})

describe('how a picture stands', () => {
  it('is told against the whole film in its viewport, not in percent of its pixels', () => {
    expect(standingText(null, 1)).toBe('fit\u00a0×\u00a01.0')
    expect(standingText(null, 1.57)).toBe('fit\u00a0×\u00a01.6')
  })

  it('names an audit of one part beside the bits', () => {
    expect(bitsDetail(0.85, false)).toEqual({ text: '85\u00a0% of the bits', brief: '85\u00a0%' })
    expect(bitsDetail(0.85, true).text).toContain('audit of one part')
    expect(bitsDetail(0.85, true).brief).toContain('part')
  })
})

describe('the shortcut alarm', () => {
  it('sets the film’s figure beside the threshold where it does not ring', () => {
    const { basis } = alarmSentences(exampleRest())
    expect(basis).toContain('where 30\u00a0% or more of the film’s fine structure')
    expect(basis).toContain('Here it is 12\u00a0% at most')
    expect(alarmSentences(exampleAlarm()).text).toContain('48\u00a0% of the film’s fine structure was kept')
  })

  it('says on which audits its threshold was set, as they were counted', () => {
    const calibration = ALARM_CALIBRATION
    if (calibration === null) throw new Error('the alarm is set')
    const { basis } = alarmSentences(exampleAlarm(calibration))
    const results = readFileSync(join(import.meta.dirname, '../../../docs/results/shortcuts.md'), 'utf8')
    for (const { rang, audits } of [calibration.cheating, calibration.clean]) {
      expect(basis).toContain(`in ${rang} of ${audits}`)
      expect(results).toContain(`${rang} of ${audits}`)
    }
  })
})
