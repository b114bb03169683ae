import { expect, it } from 'vitest'
import { faultOf, SimpleBitsError } from '../../contract'

const PATIENT = '/films/DOE^JANE.dcm'

function failing(): never {
  throw new TypeError(`cannot read\n${PATIENT}`)
}

function caught(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

it('a fault of the program is logged by where it was thrown, causes included, and by no word of its message', () => {
  const cause = caught(failing)
  const { code, where } = faultOf(new Error(`${PATIENT} failed`, { cause }))
  expect(code).toBe('INTERNAL')
  expect(where).toEqual(expect.arrayContaining(['Error', 'TypeError', expect.stringMatching(/^at failing .*faultOf/)]))
  expect(where?.join()).not.toContain('JANE')
})

it('keeps where a fault came from that was made one of the program’s own on the way', () => {
  expect(faultOf(SimpleBitsError.from(caught(failing))).where).toContainEqual(expect.stringMatching(/^at failing /))
})

it('a refusal is its code alone, and what is no error at all has no place', () => {
  expect(faultOf(new SimpleBitsError('WRITE_FAILED', PATIENT))).toEqual({ code: 'WRITE_FAILED' })
  expect(faultOf(PATIENT)).toEqual({ code: 'INTERNAL', where: [] })
})

it('ends although errors name each other as their cause', () => {
  const [one, other] = [new Error('one'), new Error('other')]
  one.cause = other
  other.cause = one
  expect(faultOf(one).where?.length).toBeLessThan(60)
})
