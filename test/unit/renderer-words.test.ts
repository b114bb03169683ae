import { describe, expect, it } from 'vitest'
import { modelReference, RESEARCH_USE_ONLY, type AuditRecord, type CaseSummary, type Certificate } from '../../contract'
import {
  certificateSentences,
  distanceRatio,
  explanations,
  filmCautions,
  keptSentence,
  modelSentence,
  outdatedSentence,
  unsuitable,
  verdictOf,
} from '../../renderer/presentation/plainWords'
import * as words from '../../renderer/presentation/words'
import { countsOf, matchesQueue, matchesSearch } from '../../renderer/presentation/queues'

const spread = (mean: number) => ({ mean, sd: 0.01, min: mean - 0.02, max: mean + 0.02 })
const certificate: Certificate = {
  decisionKept: true,
  noiseDraws: 8,
  draws: { kept: 8, of: 8 },
  logitDifference: spread(0.12),
  kl: spread(0.004),
  activationDistance: spread(0.05),
  gradientDistance: null,
  layers: [],
  repeatability: null,
}
const figures = { bits: 20_000, bpd: 1.2, aboveFlat: 0.1, logit: 1, noiseDraws: 8 }
type Judged = Pick<AuditRecord, 'decisionKept' | 'certificate' | 'settings' | 'path' | 'original' | 'simplified'>
const audit: Judged = {
  decisionKept: true,
  certificate,
  settings: { limitProbability: 0.1, limitDistance: 0.2 },
  path: [],
  original: { ...figures, probability: 0.8 },
  simplified: { ...figures, probability: 0.78, step: 40, pressure: 1, frame: 3 },
}

describe('the verdict', () => {
  it('is a success only where decision and processing were kept', () => {
    expect(verdictOf(audit).kind).toBe('retained')
    expect(verdictOf({ ...audit, simplified: { ...audit.simplified, probability: 0.6 } }).kind).toBe('decision')
    const far = { ...certificate, activationDistance: spread(0.4) }
    expect(verdictOf({ ...audit, certificate: far }).kind).toBe('decision')
  })

  it('is never a success where one noise draw lost the decision', () => {
    const lost = { ...certificate, decisionKept: false, draws: { kept: 7, of: 8 } }
    expect(verdictOf({ ...audit, certificate: lost })).toMatchObject({ kind: 'lost' })
    expect(verdictOf({ ...audit, decisionKept: false, certificate: lost }).text).toContain('7 of 8')
    expect(certificateSentences(lost)[0]).toBe('The same decision only in 7 of 8 noise draws.')
  })

  it('says at each stop what became of the decision', () => {
    const stop = { before: 0.8, threshold: 0.5 }
    expect(keptSentence({ ...stop, after: 0.7, kept: true })).toBe('Decision kept: effusion.')
    expect(keptSentence({ ...stop, after: 0.3, kept: false })).toContain('now says no effusion')
    expect(keptSentence({ ...stop, after: 0.51, kept: false })).toMatch(/^Decision lost/)
  })
})

describe('what stands beside an audit', () => {
  const simplified = (decision: boolean | null, verdict: ReturnType<typeof verdictOf>['kind'] | null) =>
    explanations({ decision, verdict, ownClassifier: false }).find(({ title }) => title === 'Simplified')?.text

  it('names the decision that the audit is about', () => {
    expect(simplified(false, 'retained')).toContain(`leaves the decision "no effusion" and the network's way to it`)
    expect(simplified(null, null)).toContain('leaves the decision and')
  })

  it('does not say that the decision was left, or the way to it, where it was not', () => {
    expect(simplified(true, 'lost')).toContain('does not leave the decision "effusion" unchanged')
    expect(simplified(true, 'lost')).not.toContain('not needed')
    expect(simplified(true, 'decision')).toContain("but not the network's way to it")
  })

  it('names the classifier that decides where the audit is another one’s', () => {
    const summary = { decision: true, probability: 0.83 }
    expect(modelSentence(summary, null)).toBe('The model says effusion, probability of effusion 83\u00a0%.')
    expect(modelSentence(summary, 'effusion-128-b')).toMatch(/^The classifier effusion-128-b, which decides now, says/)
    expect(modelSentence({ decision: null, probability: null }, null)).toBeNull()
  })
})

describe('an audit of other weights', () => {
  const reference = (name: string, digit: string) => modelReference.parse({ name, sha256: digit.repeat(64) })
  const made = { model: reference('effusion-128', 'a'), flow: reference('glow-cxr-128', 'b') }
  const inUse = (digit: string) => [
    { ...reference('effusion-128', digit), kind: 'classifier', description: '' } as const,
    { ...reference('glow-cxr-128', 'b'), kind: 'flow', description: '' } as const,
  ]

  it('is named as such, and only then', () => {
    expect(outdatedSentence(made, inUse('a'))).toBeNull()
    expect(outdatedSentence(made, inUse('c'))).toContain('another version of effusion-128.')
    expect(outdatedSentence(made, [])).toBeNull()
  })
})

describe('figures in words', () => {
  it('says where a picture is outside of what the flow knows', () => {
    expect(words.bpdWords(2.345)).toBe('2.35\u00a0bits/pixel')
    expect(words.bpdWords(-0.1)).toBe("outside the model's range")
    expect(words.bpdWords(16.1)).toBe("outside the model's range")
  })

  it('scales bits, seconds and small numbers', () => {
    expect([words.bitsWords(321), words.bitsWords(51_234), words.bitsWords(2_500_000)]).toEqual([
      '321\u00a0bit',
      '51.2\u00a0kbit',
      '2.50\u00a0Mbit',
    ])
    expect([words.secondsWords(41.2), words.secondsWords(125)]).toEqual(['41 s', '2 min 05 s'])
    expect([words.figure(0), words.figure(0.0004), words.figure(12.345, 1)]).toEqual(['0.00', '4.0e-4', '12.3'])
    expect([distanceRatio(0.5, 0.05), distanceRatio(0.5, 0)]).toEqual(['10 ×', '–'])
  })

  it('repeats the research line of the contract', () => {
    expect(words.RESEARCH_USE_ONLY).toBe(RESEARCH_USE_ONLY)
  })
})

describe('the worklist', () => {
  const entry: Pick<CaseSummary, 'title' | 'patientLine' | 'file' | 'reportLabel' | 'queues'> = {
    title: 'NIH 00000362_001',
    patientLine: 'F · 43 y · PA',
    file: 'films/00000362_001.dcm',
    reportLabel: 'effusion',
    queues: ['false-negative', 'unaudited'],
  }

  it('shows a case in the queues in which it stands, and counts it in each', () => {
    expect(matchesQueue(entry, 'all')).toBe(true)
    expect(matchesQueue(entry, 'false-negative')).toBe(true)
    expect(matchesQueue(entry, 'done')).toBe(false)
    const counts = countsOf([entry, { queues: ['done'] }])
    expect(counts).toMatchObject({ all: 2, 'false-negative': 1, unaudited: 1, done: 1, borderline: 0 })
  })

  it('finds every word, in any order and case', () => {
    expect(matchesSearch(entry, 'pa 362')).toBe(true)
    expect(matchesSearch(entry, 'EFFUSION  nih')).toBe(true)
    expect(matchesSearch(entry, '362 ap')).toBe(false)
    expect(matchesSearch(entry, '')).toBe(true)
  })
})

describe('a film that the model was not made for', () => {
  const lossy = { code: 'LOSSY', message: 'Lossy.', mustConfirm: false }
  const hip = { code: 'BODY_PART', message: 'The file says it shows hip.', mustConfirm: false }

  it('is named in the worklist, with the reason', () => {
    expect(unsuitable([lossy])).toBeNull()
    expect(unsuitable([lossy, hip])).toEqual({ text: 'Not a chest film?', why: hip.message })
    const raw = { code: 'FOR_PROCESSING', message: 'Not the finished film.', mustConfirm: true }
    expect(unsuitable([raw])).toEqual({ text: 'Not a finished film?', why: raw.message })
  })

  it('is cautioned against by what the file says, else by its picture', () => {
    expect(filmCautions([lossy], null)).toEqual([])
    expect(filmCautions([lossy], 'No lungs.')).toEqual(['No lungs.'])
    expect(filmCautions([lossy, hip], 'No lungs.')).toEqual([hip.message])
  })
})
