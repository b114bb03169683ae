import { describe, expect, it } from 'vitest'
import { finding, inOrder, wrongness, type ReportLabel } from '../../../contract'
import { BORDERLINE_MARGIN, queuesOf, type ReviewFacts } from '../../../main/domain/review'

const THRESHOLD = 0.4

function film(probability: number, reportLabel: ReportLabel | null = null, changes: Partial<ReviewFacts> = {}) {
  const decision = { probability, present: probability >= THRESHOLD }
  return { decision, reportLabel, audited: true, alarm: false, given: false, ...changes }
}

describe('queues', () => {
  it('keep false positives and false negatives apart, and need a label for either', () => {
    expect(queuesOf(film(0.9, 'no effusion'), THRESHOLD)).toEqual(['false-positive'])
    expect(queuesOf(film(0.1, 'effusion'), THRESHOLD)).toEqual(['false-negative'])
    expect(queuesOf(film(0.9, 'effusion'), THRESHOLD)).toEqual([])
    expect(queuesOf(film(0.9), THRESHOLD)).toEqual([])
  })

  it('call borderline what lies within the margin on either side of the threshold', () => {
    for (const p of [THRESHOLD - BORDERLINE_MARGIN, THRESHOLD, THRESHOLD + BORDERLINE_MARGIN])
      expect(queuesOf(film(p), THRESHOLD)).toContain('borderline')
    for (const p of [THRESHOLD - BORDERLINE_MARGIN - 0.001, THRESHOLD + BORDERLINE_MARGIN + 0.001])
      expect(queuesOf(film(p), THRESHOLD)).not.toContain('borderline')
    expect(queuesOf(film(THRESHOLD), null)).not.toContain('borderline')
  })

  it('hold the alarm and what is not audited', () => {
    expect(queuesOf(film(0.9, null, { alarm: true }), THRESHOLD)).toEqual(['alarm'])
    expect(queuesOf(film(0.9, null, { audited: false }), THRESHOLD)).toEqual(['unaudited'])
    expect(queuesOf({ ...film(0.9), decision: null, audited: false }, THRESHOLD)).toEqual(['unaudited'])
  })

  it('let a film go when its finding is given, into the one of those that are done', () => {
    const wrong = film(0.45, 'no effusion', { alarm: true })
    expect(queuesOf(wrong, THRESHOLD)).toEqual(['false-positive', 'borderline', 'alarm'])
    expect(queuesOf({ ...wrong, given: true }, THRESHOLD)).toEqual(['done'])
    expect(queuesOf({ ...wrong, given: true, audited: false }, THRESHOLD)).toEqual(['unaudited', 'done'])
  })
})

describe('confidence × error', () => {
  it('runs from surely right to surely wrong, through nil at the threshold', () => {
    expect(wrongness(film(1, 'no effusion'), THRESHOLD)).toBe(1)
    expect(wrongness(film(0, 'effusion'), THRESHOLD)).toBe(1)
    expect(wrongness(film(0.7, 'no effusion'), THRESHOLD)).toBeCloseTo(0.5)
    expect(wrongness(film(0.2, 'effusion'), THRESHOLD)).toBeCloseTo(0.5)
    expect(wrongness(film(THRESHOLD, 'no effusion'), THRESHOLD)).toBe(0)
    expect(wrongness(film(1, 'effusion'), THRESHOLD)).toBe(-1)
  })

  it('is not known without label, decision or threshold', () => {
    expect(wrongness(film(0.9), THRESHOLD)).toBeNull()
    expect(wrongness({ decision: null, reportLabel: 'effusion' }, THRESHOLD)).toBeNull()
    expect(wrongness(film(0.9, 'effusion'), null)).toBeNull()
  })
})

describe('the order of a queue', () => {
  const unknown = { wrongness: null, studyDate: null, probability: null }
  const cases = [
    { ...unknown, title: 'film 10', studyDate: '2025-03-01' },
    { ...unknown, title: 'film 9', wrongness: -0.2, probability: 0.9 },
    { ...unknown, title: 'film 2', wrongness: 0.8, studyDate: '2026-01-31', probability: 0.95 },
    { ...unknown, title: 'film 1', studyDate: '2024-12-01', probability: 0 },
  ]
  const titles = (sort: Parameters<typeof inOrder>[1]) => inOrder(cases, sort).map(({ title }) => title)

  it('puts the most confidently wrong first and what is not known last, as it came in', () => {
    expect(titles('wrongness')).toEqual(['film 2', 'film 9', 'film 10', 'film 1'])
    expect(titles('added')).toEqual(['film 10', 'film 9', 'film 2', 'film 1'])
    expect(titles('title')).toEqual(['film 1', 'film 2', 'film 9', 'film 10'])
  })

  it('goes by study date and by probability as well, what is not known last', () => {
    expect(titles('date')).toEqual(['film 2', 'film 10', 'film 1', 'film 9'])
    expect(titles('probability')).toEqual(['film 2', 'film 9', 'film 1', 'film 10'])
  })
})

describe('a finding', () => {
  const empty = { effusion: null, size: null, agrees: null, reasons: [], text: '' }

  it.each([
    ['nothing yet', empty],
    ['an effusion with its size', { ...empty, effusion: 'left', size: 'small' }],
    ['reasons for an error', { ...empty, agrees: 'no', reasons: ['device', 'poor-film'] }],
  ])('may say %s', (_what, value) => expect(finding.safeParse(value).success).toBe(true))

  it.each([
    ['a size without an effusion', { ...empty, effusion: 'none', size: 'small' }],
    ['reasons without an error', { ...empty, agrees: 'yes', reasons: ['device'] }],
    ['a reason twice', { ...empty, agrees: 'no', reasons: ['device', 'device'] }],
    ['a reason that is none', { ...empty, agrees: 'no', reasons: ['bad luck'] }],
    ['a text without end', { ...empty, text: 'x'.repeat(20_001) }],
    ['a key too many', { ...empty, patient: 'DOE^JANE' }],
  ])('may not say %s', (_what, value) => expect(finding.safeParse(value).success).toBe(false))
})
