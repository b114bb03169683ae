import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SimpleBitsError } from '../../contract'

describe('an error that nobody expected', () => {
  it('says what to do, and keeps its cause for the log', () => {
    const cause = new Error('the pipe broke')
    const error = SimpleBitsError.from(cause)
    expect(error.code).toBe('INTERNAL')
    expect(error.cause).toBe(cause)
    expect(error.message).toBe(
      'Something failed inside the program: the pipe broke. Restart the engine; if it happens again, send the log.',
    )
    expect(SimpleBitsError.from('It broke!').message).toContain(': It broke! Restart')
  })

  it('of a schema names the fields in a sentence, without the list that the schema throws and without the values', () => {
    const { error } = z.strictObject({ steps: z.array(z.number()) }).safeParse({ steps: ['TESTVALUE'] })
    const { message } = SimpleBitsError.from(error)
    expect(message).toContain('inside the program: steps.0: ')
    expect(message).toContain('Restart the engine')
    expect(message).not.toMatch(/[{}[\]"\n]|TEST/)
  })

  it('is left as it is where the product knows it', () => {
    const known = new SimpleBitsError('CANCELLED', 'The audit was ended.')
    expect(SimpleBitsError.from(known)).toBe(known)
  })
})
