import { describe, expect, it } from 'vitest'
import { readChanged, type Changes } from '../../support/readSynthetic'

const codes = (film: { header: { warnings: { code: string }[] } }) => film.header.warnings.map(({ code }) => code)

describe('what the user has to know', () => {
  it('asks for confirmation where the file says it is no radiograph', async () => {
    const slice: Changes = { '00080060': ['CS', 'CT'] }
    const magneticResonance: Changes = { '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.4'] }
    for (const changes of [slice, magneticResonance]) {
      const { header } = await readChanged(changes)
      expect(header.warnings).toContainEqual(expect.objectContaining({ code: 'WRONG_MODALITY', mustConfirm: true }))
    }
  })

  it('does not complain about plain radiographs', async () => {
    for (const modality of ['CR', 'DX', 'RG', 'OT'])
      expect(codes(await readChanged({ '00080060': ['CS', modality] }))).toEqual([])
  })

  it('names another body part, a lateral view, loss and a missing modality', async () => {
    expect(codes(await readChanged({ '00180015': ['CS', 'HAND'] }))).toEqual(['BODY_PART'])
    expect(codes(await readChanged({ '00185101': ['CS', 'LL'] }))).toEqual(['LATERAL_VIEW'])
    expect(codes(await readChanged({ '00282110': ['CS', '01'] }))).toEqual(['LOSSY'])
    expect(codes(await readChanged({ '00080060': null }))).toEqual(['MODALITY_MISSING'])
  })

  it.each([
    ['storage class', { '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.1.1.1'] }],
    ['presentation intent', { '00080060': ['CS', 'DX'], '00080068': ['CS', 'FOR PROCESSING'] }],
  ] as const)(
    'asks for confirmation where the %s says that the film is yet to be processed',
    async (_what, changes) => {
      const { header } = await readChanged(changes)
      expect(header.warnings).toMatchObject([{ code: 'FOR_PROCESSING', mustConfirm: true }])
    },
  )

  it('takes a film for presentation without a question', async () => {
    expect(codes(await readChanged({ '00080068': ['CS', 'FOR PRESENTATION'] }))).toEqual([])
  })

  it.each([
    ['lateral', 'Chest', ['LATERAL_VIEW']],
    ['medio-lateral', 'Chest', ['LATERAL_VIEW']],
    ['postero-anterior', 'Hand', ['BODY_PART']],
    ['antero-posterior', 'Thorax', []],
  ])('knows the view %s and the region %s from their codes’ meanings', async (view, region, expected) => {
    const coded = (meaning: string) => ['SQ', [{ '00080104': ['LO', meaning] }]] as const
    expect(codes(await readChanged({ '00082218': coded(region), '00540220': coded(view) }))).toEqual(expected)
  })

  it('says so where overlays are not drawn or a shutter is not applied', async () => {
    expect(codes(await readChanged({ '60020010': ['US', 2] }))).toEqual(['OVERLAY_NOT_SHOWN'])
    expect(codes(await readChanged({ '00181600': ['CS', 'RECTANGULAR'] }))).toEqual(['SHUTTER_NOT_APPLIED'])
    expect(codes(await readChanged({ '60010010': ['US', 2], '00181600': ['CS', ''] }))).toEqual([])
  })

  it('says so where the file says that text about the patient is burnt in', async () => {
    const { header } = await readChanged({ '00280301': ['CS', 'YES'] })
    expect(header.warnings).toMatchObject([{ code: 'BURNED_IN_TEXT', mustConfirm: false }])
    expect(codes(await readChanged({ '00280301': ['CS', 'NO'] }))).toEqual([])
  })

  it('asks for confirmation where a second picture follows the first', async () => {
    const twice = await readChanged({ '7FE00010': ['OW', [1, 2, 3, 4, 5, 6, 7, 8]] })
    expect([...twice.pixels]).toEqual([1, 2, 3, 4])
    expect(codes(twice)).toEqual(['SURPLUS_PIXELS'])
  })
})
