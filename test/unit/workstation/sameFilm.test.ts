import { describe, expect, it } from 'vitest'
import { isSameFilm } from '../../../main/app/worklist'
import { UNKNOWN_IDENTITY } from '../../../main/domain/caseIdentity'
import { exampleCase } from '../../support/exampleCase'

const identity = { ...UNKNOWN_IDENTITY, sopInstanceUid: '1.2.3', modality: 'DX' }
const film = exampleCase(1, { identity })

describe('two films are the same', () => {
  it('by their bytes, whatever the file is called', () => {
    expect(isSameFilm(film, exampleCase(2, { sha256: film.sha256 }))).toBe(true)
    expect(isSameFilm(exampleCase(1), exampleCase(2))).toBe(false)
  })

  it('by the SOP instance, where modality and small picture are the same as well', () => {
    expect(isSameFilm(film, exampleCase(2, { identity }))).toBe(true)
    expect(isSameFilm(film, exampleCase(2, { identity, thumbnail: 'another picture' }))).toBe(false)
    expect(isSameFilm(film, exampleCase(2, { identity: { ...identity, modality: 'CT' } }))).toBe(false)
    expect(isSameFilm(exampleCase(1, { bundled: true, identity }), exampleCase(2, { bundled: true, identity }))).toBe(
      false,
    )
  })
})
