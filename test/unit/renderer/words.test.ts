import { describe, expect, it } from 'vitest'
import { modelReference, type CaseSummary, type Certificate } from '../../../contract'
import { auditMark, outdatedSentence } from '../../../renderer/presentation/auditWords'
import { filmCautions, unsuitable } from '../../../renderer/presentation/cautionWords'
import { certificateSentences } from '../../../renderer/presentation/certificateWords'
import { modelSentence } from '../../../renderer/presentation/classifierWords'
import { explanations } from '../../../renderer/presentation/explanationWords'
import { countsOf, matchesQueue, matchesSearch } from '../../../renderer/presentation/queues'
import { keptSentence, verdictOf } from '../../../renderer/presentation/verdictWords'

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
type Judged = Parameters<typeof verdictOf>[0]
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
    expect(certificateSentences({ ...audit, objective: 'activation', certificate: lost })[0]).toMatch(
      /^The same decision only in 7 of 8 noise draws, .*grey level\.$/,
    )
  })

  it('sets the distance beside the film’s own, which is not 0, where that was measured', () => {
    const said = (objective: 'activation' | 'gradient', matchingDistance?: number) =>
      certificateSentences({ ...audit, objective, original: { ...audit.original, matchingDistance } }).join(' ')
    expect(said('activation', 0.204)).toContain('the film itself lies at 0.20; the smaller the difference to that')
    for (const unknown of [said('activation'), said('gradient', 0.17)])
      expect(unknown).toContain('does not lie at 0 either')
    expect(said('activation', 0.204)).not.toMatch(/nothing in common|0 \(the same\)/)
  })

  it('does not blame the certificate’s draws where all of them keep a decision that the search lost', () => {
    const { headline, text } = verdictOf({ ...audit, decisionKept: false })
    for (const said of [headline, text]) {
      expect(said).toContain('did not hold under every noise of the search')
      expect(said).not.toContain('8 of 8')
    }
  })

  it('says first of which part it is where the audit was restricted to one', () => {
    const part = { brushed: false, pixels: 4000 }
    const lungs = ['lung-picture-left', 'costophrenic-picture-left'] as const
    const kept = { ...audit, restriction: { ...part, mode: 'keep' as const, zones: [...lungs] } }
    expect(verdictOf(kept)).toMatchObject({
      kind: 'retained',
      headline: 'Audit of one part only (lung, picture left: kept as on the film, all else simplified): decision kept.',
    })
    const only = { ...kept, restriction: { ...kept.restriction, mode: 'only' as const } }
    expect(verdictOf({ ...only, decisionKept: false }).text).toMatch(
      /^Audit of one part only \(only lung, picture left simplified, all else as on the film\): this audit did not keep/,
    )
    expect(verdictOf(audit).headline).toBe('Decision kept.')
  })

  it('says at each stop what became of the decision', () => {
    const stop = { before: 0.8, threshold: 0.5, ofOnePart: false }
    expect(keptSentence({ ...stop, after: 0.7, kept: true })).toBe('Decision kept: effusion.')
    expect(keptSentence({ ...stop, after: 0.3, kept: false })).toContain('now says no effusion')
    expect(keptSentence({ ...stop, after: 0.51, kept: false })).toMatch(/^Decision not kept/)
    expect(keptSentence({ ...stop, after: 0.7, kept: true, ofOnePart: true })).toContain('audit of one part only')
  })
})

describe('what stands beside an audit', () => {
  const texts = (changes: Partial<Parameters<typeof explanations>[0]>) =>
    explanations({ decision: true, verdict: 'retained', part: null, ownClassifier: false, ...changes })
  const simplified = (decision: boolean | null, verdict: ReturnType<typeof verdictOf>['kind'] | null) =>
    texts({ decision, verdict }).find(({ title }) => title === 'Simplified')?.text

  it('names the decision that the audit is about', () => {
    expect(simplified(false, 'retained')).toContain(
      `keeps the decision "no effusion" and that the classifier uses in the same way, within the audit's limits`,
    )
    expect(simplified(null, 'retained')).toContain('keeps the decision and')
  })

  it('calls nothing a result before there is an audit', () => {
    expect(simplified(true, null)).toMatch(/^Before an audit this is at most a network's guess/)
    expect(simplified(true, null)).not.toContain('found')
  })

  it('promises no more than was tested: nothing is called unchanged, and no reason is given for what a grey picture costs', () => {
    for (const verdict of ['retained', 'decision', 'lost'] as const)
      expect(simplified(true, verdict)).not.toContain('unchanged')
    expect(
      texts({})
        .map(({ text }) => text)
        .join(' '),
    ).not.toContain('never seen')
  })

  it('does not say that the decision was left, or the way to it, where it was not', () => {
    expect(simplified(true, 'lost')).toContain('does not keep the decision "effusion"')
    expect(simplified(true, 'lost')).not.toContain('not needed')
    expect(simplified(true, 'decision')).toContain('but the classifier does not use it in the same way')
  })

  it('does not speak of the whole film where one part alone was audited', () => {
    const part = { mode: 'keep' as const, zones: [], brushed: true }
    for (const verdict of ['retained', 'decision', 'lost'] as const) {
      const [first] = texts({ part, verdict })
      expect(first?.text).toContain('one part only (the brushed place: kept as on the film, all else simplified)')
      expect(first?.text).toContain('had to stay as on the film was not tested')
    }
  })

  it('calls classifier and flow by their names, and says for which films the probabilities hold', () => {
    for (const own of [true, false])
      for (const { text } of texts({ ownClassifier: own }))
        expect(text).not.toMatch(/(the|this|second) model\b(?! of)/i)
    // The bundled weights have seen the films by now that their recipe was calibrated on, and no share of effusions holds for all of them.
    const probability = texts({}).find(({ title }) => title === 'Probability')?.text
    expect(probability).toContain('held out from trainings of the same recipe')
    expect(probability).not.toMatch(/was not trained on|27/)
    expect(certificateSentences({ ...audit, objective: 'activation' }).join(' ')).not.toMatch(/model|nats\.|nats$/)
  })

  it('names the classifier that decides where the audit is another one’s', () => {
    const summary = { decision: true, probability: 0.83 }
    expect(modelSentence(summary, null)).toBe('The classifier says effusion, probability of effusion 83\u00a0%.')
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

describe('the worklist', () => {
  it('marks an audit that is not of the whole film', () => {
    const shas = modelReference.parse({ name: 'effusion-128', sha256: 'a'.repeat(64) })
    const line = { bitsLeft: 0.85, aboveFlat: 0.7, decisionKept: true, createdAt: '', whole: true, stoppedEarly: false }
    const kind = { preset: 'standard', objective: 'activation' } as const
    const decides = { threshold: 0.5, ofClassifierInUse: true }
    const of = { ...line, ...kind, ...decides, classifier: shas.sha256, flow: shas.sha256 }
    expect(auditMark(of)).toEqual({ text: '85\u00a0% of bits', lost: false, hint: null })
    expect(auditMark({ ...of, whole: false, stoppedEarly: true })).toMatchObject({
      text: '85\u00a0% of bits, stopped early',
      hint: expect.stringContaining('stopped early'),
    })
    expect(auditMark({ ...of, whole: false })).toMatchObject({
      text: '85\u00a0% of bits, one part',
      hint: expect.stringContaining('one part of the film'),
    })
    expect(auditMark({ ...of, decisionKept: false })).toMatchObject({ text: 'Decision not kept', lost: true })
    const other = auditMark({ ...of, ofClassifierInUse: false, decisionKept: false })
    expect(other).toMatchObject({ text: 'Other classifier’s audit', lost: false })
    expect(other.hint).toContain('about a different classifier from the one in use')
  })

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

describe('a film that the classifier was not made for', () => {
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
  it.each(['INCOMPLETE_PICTURE', 'SURPLUS_PIXELS', 'WHATEVER_COMES'])('is one that has to be confirmed: %s', (code) => {
    const asked = { code, message: 'Look at the original.', mustConfirm: true }
    expect(filmCautions([lossy, asked], null)).toEqual([asked.message])
    expect(unsuitable([lossy, asked])?.why).toBe(asked.message)
  })
})
