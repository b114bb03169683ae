import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../contract'
import { EMPTY_FINDING } from '../../../contract/shared'
import { changed, contradictionWords, effusionChoices, timeWords } from '../../../renderer/presentation/findingWords'
import { PASSPHRASE_HINT, passphraseProblems } from '../../../renderer/presentation/storeWords'

describe('what a reader sees and what they agree with', () => {
  const words = (effusion: 'left' | 'none' | 'uncertain', agrees: 'yes' | 'no' | 'unsure', says: boolean | null) =>
    contradictionWords(changed(EMPTY_FINDING, { effusion, agrees }), says)

  it('is told where one is against the other', () => {
    expect(words('left', 'yes', false)).toBe('You see an effusion; the classifier says none.')
    expect(words('none', 'yes', true)).toBe('You see no effusion; the classifier says there is one.')
    expect(words('left', 'no', true)).toBe('You see an effusion, as the classifier says.')
    expect(words('none', 'no', false)).toBe('You see no effusion, as the classifier says.')
  })

  it('is not told where they go together, or where either is open', () => {
    expect(words('left', 'yes', true)).toBeNull()
    expect(words('none', 'yes', false)).toBeNull()
    expect(words('left', 'no', false)).toBeNull()
    expect(words('left', 'unsure', false)).toBeNull()
    expect(words('uncertain', 'yes', false)).toBeNull()
    expect(words('left', 'yes', null)).toBeNull()
    expect(contradictionWords({ ...EMPTY_FINDING, effusion: 'left' }, false)).toBeNull()
  })

  it('is answered in the order of the film: the patient’s right first', () => {
    expect(effusionChoices.map(({ value }) => value)).toEqual(['right', 'left', 'both', 'none', 'uncertain'])
  })
})

it('a moment reads alike everywhere, whatever the computer’s language', () => {
  expect(timeWords('2026-11-30T12:05:28')).toBe('30 Nov 2026, 12:05')
})

describe('a new passphrase', () => {
  it('is told what is wrong under the field that it is wrong in', () => {
    expect(passphraseProblems('short', 'short')).toEqual({ first: PASSPHRASE_HINT, again: '' })
    expect(passphraseProblems('long enough', 'long enouhg')).toEqual({ first: '', again: 'The two entries differ.' })
    expect(passphraseProblems('long enough', 'long enough')).toEqual({ first: '', again: '' })
  })
})

describe('an answer that makes another one senseless', () => {
  const before: Finding = { ...EMPTY_FINDING, effusion: 'left', size: 'small', agrees: 'no', reasons: ['device'] }

  it('takes the size with it where no effusion is seen any longer', () => {
    expect(changed(before, { effusion: 'both' }).size).toBe('small')
    for (const effusion of ['none', 'uncertain', null] as const) expect(changed(before, { effusion }).size).toBeNull()
  })

  it('takes the reasons with it where the reader disagrees no longer', () => {
    expect(changed(before, { size: 'large' }).reasons).toEqual(['device'])
    expect(changed(before, { agrees: 'yes' }).reasons).toEqual([])
  })
})
