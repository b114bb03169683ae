import { expect, it } from 'vitest'
import { betterRivalSentence, type AuditRecord } from '../../../contract'
import { rivalsKey, rivalsSentence } from '../../../renderer/presentation/rivalWords'
import { exampleRecord } from '../../support/exampleReport'

const record = exampleRecord()
const [blur, jpeg] = record.rivals
if (!blur || !jpeg) throw new Error('the example has rivals')
const chosen = record.path.find(({ frame }) => frame === record.simplified.frame)
const own = chosen?.matchingDistance ?? NaN

const audited = (rivals: AuditRecord['rivals'], filmDistance?: number): AuditRecord => ({
  ...record,
  original: { ...record.original, ...(filmDistance === undefined ? {} : { matchingDistance: filmDistance }) },
  rivals,
})

it('cheap pictures are told by the figures of the audit shown, also where they lie nearer than the simplified one', () => {
  const near = { ...jpeg, decisionKept: true, matchingDistance: own / 2 }
  const far = { ...blur, decisionKept: false, matchingDistance: own * 3 }
  expect(rivalsSentence(audited([far, near]))).toBe(
    'Cheap pictures of about the same bits: 1 of 2 keeps the decision, 1 of 2 lies nearer to the film than the simplified picture (distance).',
  )
  expect(rivalsSentence(audited([far]))).toContain('none of 1 keeps the decision, none of 1 lies nearer')
  expect(rivalsSentence(audited([near, near]))).toContain('2 of 2 keep the decision, 2 of 2 lie nearer')
  expect(rivalsSentence(audited([]))).toBe('No cheap pictures were measured.')
})

it('a picture that costs much more is no cheap one: it is not counted, and named with its bits', () => {
  const same = { ...blur, decisionKept: false, matchingDistance: own * 3 }
  const figures = { ...jpeg.figures, bits: 2.94 * record.simplified.bits }
  const dear = { ...jpeg, figures, decisionKept: true, matchingDistance: own / 2 }
  expect(rivalsSentence(audited([same, dear]))).toBe(
    'Cheap pictures of about the same bits: none of 1 keeps the decision, none of 1 lies nearer to the film than the simplified picture (distance). Not counted: JPEG, quality 6, at 2.9 × the bits of the simplified picture.',
  )
  expect(rivalsSentence(audited([dear]))).toMatch(
    /^No cheap picture with about the same bits could be made\. Not counted: JPEG/,
  )
})

it('nearness counts from where the film itself lies, which is not 0', () => {
  const below = { ...jpeg, matchingDistance: 0.5 * own }
  // half as far from 0, but further from the film
  expect(rivalsSentence(audited([below], 0.9 * own))).toContain('none of 1 lies nearer')
  expect(rivalsSentence(audited([below]))).toContain('1 of 1 lies nearer')
})

it('the key says what red means, and where the film lies', () => {
  expect(rivalsKey(audited([], 0.204))).toMatch(
    /red: another decision than on the film, or not the same under every noise/,
  )
  expect(rivalsKey(audited([], 0.204))).toContain('the film itself lies at 0.204; the smaller the difference to that')
  expect(rivalsKey(audited([]))).toContain('does not lie at 0 either')
})

it('a cheap picture of about the same bits that does as well is named, one that costs more or loses the decision is not', () => {
  const bits = record.simplified.bits
  const near = { ...blur, decisionKept: true, matchingDistance: own / 2, figures: { ...blur.figures, bits } }
  const dear = { ...near, figures: { ...near.figures, bits: 1.3 * bits } }
  expect(betterRivalSentence(audited([jpeg, near]))).toMatch(
    /^Plain processing does as well here: Blur, [\d.]+ pixels leaves \d+\u00a0% of the bits, keeps the decision, .*at least as much like the film\.$/,
  )
  for (const worse of [dear, { ...near, decisionKept: false }, { ...near, matchingDistance: 2 * own }])
    expect(betterRivalSentence(audited([worse]))).toBeNull()
  expect(betterRivalSentence({ ...audited([near]), decisionKept: false })).toBeNull()
})
