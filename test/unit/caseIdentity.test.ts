import { describe, expect, it } from 'vitest'
import { patientKey } from '../../contract'
import { caseIdentity } from '../../main/domain/caseIdentity'
import { EXAMPLE_IDENTITY } from '../support/exampleReport'

const key = patientKey.parse('0'.repeat(64))

describe('who and when of a case', () => {
  it.each([
    ['58 y', 58],
    ['7 mo', 0.58],
    ['3 wk', 0.06],
    ['1 d', 0],
    ['058Y', null],
    ['58', null],
    [null, null],
  ])('takes the age %o for %o years', (patientAge, age) => {
    expect(caseIdentity({ ...EXAMPLE_IDENTITY, patientAge }, key).age).toBe(age)
  })

  it('guesses nothing that the file does not say', () => {
    const silent = { ...EXAMPLE_IDENTITY, patientSex: null, viewPosition: null, studyDate: null, sopInstanceUid: null }
    expect(caseIdentity({ ...silent, patientAge: null }, null)).toMatchObject({
      ...{ patientKey: null, sex: null, age: null, view: null, studyDate: null, sopInstanceUid: null },
    })
    expect(caseIdentity({ ...silent, patientSex: 'X' }, key)).toMatchObject({ sex: null, patientKey: key })
  })
})
