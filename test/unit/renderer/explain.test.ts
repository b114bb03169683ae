import { describe, expect, it } from 'vitest'
import { missingWords } from '../../../renderer/presentation/explainPaneWords'
import {
  bestOf,
  counterfactualSentence,
  figureOf,
  greySentence,
  standingSentences,
} from '../../../renderer/presentation/methodWords'
import { freshLine, randomisedFigures, randomisedLine } from '../../../renderer/presentation/testWords'
import { afterExplainEvent, NOTHING_KNOWN, type CaseExplanations } from '../../../renderer/presentation/explainStream'
import { strengthRange } from '../../../renderer/viewer/colourMap'
import { caseId } from '../../../contract'
import {
  EXAMPLE_ROWS,
  exampleCounterfactual,
  exampleRow,
  exampleStop,
  exampleTests,
} from '../../support/explainExamples'

describe('the comparison of methods', () => {
  it('marks the best of the methods, never chance; likeness near zero is best, whatever its sign', () => {
    expect(bestOf(EXAMPLE_ROWS, 'insertion')).toEqual(['integratedGradients'])
    expect(bestOf(EXAMPLE_ROWS, 'deletion')).toEqual(['integratedGradients'])
    expect(bestOf(EXAMPLE_ROWS, 'randomised')).toEqual(['integratedGradients'])
    // As printed: 1.00 and 0.999 are both 1.00.
    expect(bestOf(EXAMPLE_ROWS, 'repeatability')).toEqual(['gradCam', 'integratedGradients'])
    const lucky = [exampleRow('random', { insertion: 0.99, deletion: 0 }), ...EXAMPLE_ROWS]
    expect(bestOf(lucky, 'insertion')).toEqual(['integratedGradients'])
    expect(bestOf([], 'insertion')).toEqual([])
  })

  it('takes the bit map’s own checks from the audit’s record', () => {
    const kept = exampleRow('keptBits', { insertion: 0.4, deletion: 0.4 })
    expect(figureOf(kept, 'randomised')).toBeNull()
    expect(figureOf(kept, 'randomised', exampleTests())).toBe(0.31)
    expect(figureOf(kept, 'repeatability', exampleTests())).toBe(0.62)
  })

  it('says where the bit map is worse', () => {
    expect(standingSentences(EXAMPLE_ROWS)).toEqual([
      'Better than the bit map at putting in here: Integrated gradients.',
      'Better than the bit map at taking out here: Grad-CAM, Integrated gradients.',
    ])
    const poor = EXAMPLE_ROWS.map((row) =>
      row.method === 'keptBits' ? { ...row, insertion: 0.1, deletion: 0.9 } : row,
    )
    expect(standingSentences(poor).at(-1)).toBe('Its order of pixels does no better than chance here.')
    const weakAt = (changes: { insertion?: number; deletion?: number }) =>
      standingSentences(EXAMPLE_ROWS.map((row) => (row.method === 'keptBits' ? { ...row, ...changes } : row))).slice(2)
    expect(weakAt({})).toEqual([])
    expect(weakAt({ insertion: 0.35 })).toEqual(['Its order of pixels does no better than chance at putting in here.'])
    // As printed: 0.406 is chance's 0.41.
    expect(weakAt({ deletion: 0.406 })).toEqual(['Its order of pixels does no better than chance at taking out here.'])
    expect(standingSentences(EXAMPLE_ROWS.filter(({ method }) => method !== 'keptBits'))).toEqual([])
  })
})

describe('pressing on, in words', () => {
  it('names both pictures and what is left of the film’s bits', () => {
    expect(counterfactualSentence(exampleCounterfactual(), true, 50_000)).toBe(
      'The decision holds down to 40\u00a0% of the film\'s bits and turns to "no effusion" at 38\u00a0% of the film\'s bits.',
    )
  })
  it('says when the flip is narrow, when there was none, when it was cut off', () => {
    const narrow = { ...exampleStop(19_000, 0.49), draws: { kept: 3, of: 8 } }
    expect(counterfactualSentence(exampleCounterfactual({ firstFlipped: narrow }), true, 50_000)).toMatch(
      /in 3 of 8 draws/,
    )
    expect(counterfactualSentence(exampleCounterfactual({ faded: true }), true, 50_000)).toMatch(/faded evenly to grey/)
    const none = exampleCounterfactual({ firstFlipped: null, faded: true })
    expect(counterfactualSentence(none, true, 50_000)).toMatch(
      /did not flip: the classifier still says "effusion" where nothing but a flat grey picture is left at 40\u00a0%/,
    )
    expect(counterfactualSentence({ ...none, stopped: 'diverged' }, true, 50_000)).toMatch(
      /ran into numbers that cannot be computed with. Whether the decision flips further on is not known/,
    )
    expect(counterfactualSentence({ ...none, stopped: 'cancelled' }, true, 50_000)).toMatch(/^Cancelled after 1 step/)
  })
})

it('a decision is kept by plain grey only where pressing on got there without a flip', () => {
  const none = exampleCounterfactual({ firstFlipped: null, faded: true })
  expect(greySentence(none)).toBe('It would say the same of a plain grey picture.')
  for (const unknown of [null, exampleCounterfactual(), { ...none, stopped: 'cancelled' as const }])
    expect(greySentence(unknown)).toBeNull()
})

describe('a pane without a picture', () => {
  const flip = ['lastKept', 'firstFlipped', 'difference'] as const

  it('does not say that nothing flipped where nothing was pressed on', () => {
    for (const pane of flip)
      expect(missingWords(pane, NOTHING_KNOWN)).toBe('Start it in the Checks tab: “Press on until it flips”.')
    const cut = exampleCounterfactual({ firstFlipped: null, stopped: 'cancelled' })
    for (const pane of flip)
      expect(missingWords(pane, { task: null, counterfactual: cut })).toBe(
        'Start it in the Checks tab: “Press on until it flips”.',
      )
    const held = exampleCounterfactual({ firstFlipped: null })
    expect(missingWords('firstFlipped', { task: null, counterfactual: held })).toBe('The decision did not flip.')
    expect(missingWords('difference', { task: null, counterfactual: held })).toMatch(/^Without a flip/)
  })

  it('says that it is being computed while its own task runs, not another one', () => {
    expect(missingWords('occlusion', { ...NOTHING_KNOWN, task: 'methods' })).toBe('Being computed …')
    expect(missingWords('firstFlipped', { ...NOTHING_KNOWN, task: 'counterfactual' })).toBe('Being computed …')
    for (const task of ['methods', 'tests'] as const)
      expect(missingWords('firstFlipped', { ...NOTHING_KNOWN, task })).toBe(
        'Start it in the Checks tab: “Press on until it flips”.',
      )
    expect(missingWords('gradCam', { ...NOTHING_KNOWN, task: 'tests' })).toMatch(/^Compute other methods/)
  })
})

describe('further tests, in words', () => {
  const randomised = (() => {
    const { randomised: check } = exampleTests()
    if (!check) throw new Error('the example has the check')
    return check
  })()
  const bitsOnly = ({ pixelCorrelation, mapCorrelation }: typeof randomised.own) => ({
    pixelCorrelation,
    mapCorrelation,
  })
  /** As earlier versions made it, which did not keep the detail left. */
  const former = { ...randomised, own: bitsOnly(randomised.own), shuffled: bitsOnly(randomised.shuffled) }
  const kinds = [
    [
      randomised,
      {
        other: 'leaves detail at other places',
        do: 'Detail at other places would do as well.',
        same: 'much the same detail is left',
      },
    ],
    [
      former,
      { other: 'ends at another bit map', do: 'Bits at other places would do.', same: 'the bit map is much the same' },
    ],
  ] as const

  it('speak of where detail is left, of the bit map in tests of earlier versions, and of no picture, which are alike by their making', () => {
    for (const [check, words] of kinds) {
      expect(randomisedLine(check)).toMatchObject({ kind: 'plain', text: expect.stringContaining(words.other) })
      expect(randomisedLine({ ...check, shuffledDistance: check.ownDistance })).toMatchObject({
        kind: 'doubt',
        headline: words.do,
        text: expect.stringContaining(words.other),
      })
    }
  })
  it('doubt an explanation that survives shuffled weights, used otherwise or not', () => {
    for (const [check, { same }] of kinds)
      for (const shuffledDistance of [check.ownDistance, check.shuffledDistance])
        expect(randomisedLine({ ...check, shuffled: check.own, shuffledDistance })).toMatchObject({
          kind: 'doubt',
          headline: `With shuffled weights ${same}.`,
        })
  })
  it('say that the comparison says little where the own weights do not find the same map again', () => {
    const bits = { pixelCorrelation: 1, mapCorrelation: 0.36 }
    const far = { ...former, own: bits, shuffled: { pixelCorrelation: 0.97, mapCorrelation: 0.25 } }
    expect(randomisedLine(far)).toMatchObject({
      kind: 'doubt',
      headline: 'The bit maps of two searches with the real weights already differ.',
      text: expect.stringMatching(/says little .* uses the picture of that search less like the film/),
    })
    expect(randomisedLine({ ...far, shuffledDistance: far.ownDistance }).text).toContain('just as much like the film')
    // bit maps that differ do not matter where the detail left is the same
    const found = { ...bits, detailCorrelation: 0.98 }
    expect(randomisedLine({ ...randomised, own: found }).kind).toBe('plain')
    expect(randomisedLine({ ...randomised, own: { ...bits, detailCorrelation: 0.4 } }).headline).toBe(
      'Two searches with the real weights already leave detail at different places.',
    )
  })
  it('tell the figures behind it', () => {
    const figures = (check: typeof randomised) =>
      randomisedFigures(check, 0.204).map(({ name, own, shuffled }) => [name, own, shuffled])
    const bits = [
      ['Bit maps alike', '0.62', '0.31'],
      ['Pictures alike', '0.93', '0.71'],
      ['Distance to the film', '0.29', '0.81'],
    ]
    expect(figures(randomised)).toEqual([['Detail alike', '0.97', '0.55'], ...bits])
    expect(figures(former)).toEqual(bits)
    expect(randomisedFigures(randomised, 0.204).at(-1)?.hint).toContain('the film itself lies at 0.20')
  })
  it('doubts what another classifier decides otherwise on', () => {
    const { fresh } = exampleTests()
    if (!fresh) throw new Error('the example has the score')
    expect(freshLine(fresh).text).toContain(
      'of the film: effusion 66\u00a0%; of the simplified picture: effusion 51\u00a0%.',
    )
    const other = { ...fresh, simplified: { probability: 0.2, decision: false } }
    expect(freshLine(other).kind).toBe('doubt')
    const surer = { ...fresh, simplified: { probability: 0.97, decision: true } }
    expect(freshLine(surer)).toMatchObject({
      kind: 'doubt',
      headline: 'A second classifier decides the same, but more surely than on the film.',
    })
    const no = {
      ...fresh,
      film: { probability: 0.05, decision: false },
      simplified: { probability: 0.3, decision: false },
    }
    expect(freshLine(no).headline).toContain('less surely')
    expect(freshLine(no).text).toContain('of the film: no effusion (effusion 5\u00a0%)')
    expect(freshLine(fresh).kind).toBe('plain')
  })
})

describe('what the stream makes of a case', () => {
  const nothing: CaseExplanations = { ...NOTHING_KNOWN, task: 'methods' }
  const id = caseId.parse('one')
  it('a map or row that comes again takes the place of the former', () => {
    const map = (value: number) => ({ method: 'occlusion' as const, map: new Float32Array([value]) })
    const once = afterExplainEvent(nothing, { type: 'explainMap', caseId: id, decision: false, map: map(1) })
    const twice = afterExplainEvent(once, { type: 'explainMap', caseId: id, decision: false, map: map(2) })
    expect(twice.maps.map((one) => one.map[0])).toEqual([2])
    expect(twice.decision).toBe(false)
    const [row = exampleRow('gradCam', { insertion: 0, deletion: 0 })] = EXAMPLE_ROWS
    const rows = [row, { ...row, insertion: 0.5 }].reduce(
      (state, next) => afterExplainEvent(state, { type: 'explainRow', caseId: id, row: next }),
      nothing,
    ).rows
    expect(rows).toHaveLength(1)
    expect(rows[0]?.insertion).toBe(0.5)
  })
})

describe('colours of maps', () => {
  it('run from zero, or evenly around it, to the 99.5 % strongest value', () => {
    const map = Float32Array.from({ length: 1001 }, (_, i) => -i / 1000)
    expect(strengthRange(map, false)).toEqual({ low: 0, high: expect.closeTo(0.995, 4) })
    expect(strengthRange(map, true).low).toBeCloseTo(-0.995, 4)
    // A map of nothing still has a scale.
    expect(strengthRange(new Float32Array(4), true)).toEqual({ low: -1, high: 1 })
  })
})
