import { describe, expect, it } from 'vitest'
import { MODEL_SIZE, patientKey } from '../../../contract'
import { storedCaseOf } from '../../../main/app/workstation/storedCaseOf'
import { caseIdentity, patientIdOf } from '../../../main/domain/caseIdentity'
import { EXAMPLE_IDENTITY, exampleHeader } from '../../support/exampleReport'

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

describe('the ID of a patient', () => {
  const idOf = (patientId: string | null) => patientIdOf({ ...EXAMPLE_IDENTITY, patientId })

  it.each(['ANONYMOUS', 'anon', ' Anonymized ', 'UNKNOWN', 'None', 'N/A', '0', '0000', 'XXX', '-', null])(
    'is not known where the file gives %o',
    (patientId) => {
      expect(idOf(patientId)).toBeNull()
    },
  )

  it.each(['4711', '100', 'ANON-0012', 'Nonell', 'X17'])('is %s as the file gives it', (patientId) => {
    expect(idOf(patientId)).toBe(patientId)
  })

  it('makes the key of a stored case, and a placeholder makes none', () => {
    const deps = {
      clock: { now: () => new Date(0) },
      pictures: { encodeGrey: () => new Uint8Array(0) },
      store: { patientKey: () => key },
    }
    const box = { x: 0, y: 0, width: MODEL_SIZE, height: MODEL_SIZE }
    const record = { version: 'model-input/1', low: 0, high: 1, inverted: false, box } as const
    const input = { record, pixels: new Uint8Array(MODEL_SIZE ** 2) }
    const keyOf = (patientId: string) => {
      const header = exampleHeader({ identity: { ...EXAMPLE_IDENTITY, patientId } })
      const film = { file: '/a/film.dcm', error: null, header, input }
      return storedCaseOf(deps, film, { bundled: false, reportLabel: null }).identity.patientKey
    }
    expect(['4711', 'ANONYMOUS'].map(keyOf)).toEqual([key, null])
  })
})
