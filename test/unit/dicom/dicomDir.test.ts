import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { discoverFiles } from '../../../main/adapters/dicom/discover'
import { readFilm } from '../../../main/adapters/dicom/readFilm'
import { syntheticFilm, writeDicom, type DicomElements } from '../../support/dicomWriter'
import { temporaryFolder } from '../../support/temporaryFolder'

const record = (type: string, file?: string): DicomElements => ({
  '00041400': ['UL', new Uint8Array(4)],
  '00041410': ['US', 0xffff],
  '00041420': ['UL', new Uint8Array(4)],
  '00041430': ['CS', type],
  ...(file === undefined ? {} : { '00041500': ['CS', file] }),
})
const dicomDir = (...records: DicomElements[]) =>
  writeDicom({ '00041130': ['CS', 'TESTDISC'], '00041220': ['SQ', records] })

/** A medium with a study of two films in a folder, an icon that the index does not name, and the index. */
async function medium(index: Uint8Array): Promise<string> {
  const root = temporaryFolder()
  const film = writeDicom(syntheticFilm(Uint8Array.of(1, 2, 3, 4), { width: 2, height: 2 }))
  await mkdir(join(root, 'dicom', 'st0001'), { recursive: true })
  for (const name of ['im0001', 'im0002', 'im0003']) await writeFile(join(root, 'dicom', 'st0001', name), film)
  await writeFile(join(root, 'logo.png'), 'no film')
  await writeFile(join(root, 'DICOMDIR'), index)
  return root
}

describe('a DICOMDIR', () => {
  const study = [record('PATIENT'), record('STUDY'), record('SERIES')]

  it('says which files are images, in its order, whatever the case of their names', async () => {
    const images = ['DICOM\\ST0001\\IM0002', 'DICOM\\ST0001\\IM0001'].map((name) => record('IMAGE', name))
    const root = await medium(dicomDir(...study, ...images, record('PRESENTATION', 'DICOM\\ST0001\\IM0003')))
    const expected = ['im0002', 'im0001'].map((name) => join(root, 'dicom', 'st0001', name))
    expect(await discoverFiles([join(root, 'DICOMDIR')])).toEqual({ files: expected, skipped: 0 })
    // In the folder, the icon and the index itself are counted as no films.
    expect(await discoverFiles([root])).toEqual({ files: expected, skipped: 2 })
  })

  it('cannot lead out of its medium', async () => {
    const images = ['..\\..\\etc\\passwd', 'DICOM\\ST0001\\IM0001']
    const root = await medium(dicomDir(...study, ...images.map((name) => record('IMAGE', name))))
    const { files } = await discoverFiles([join(root, 'DICOMDIR')])
    expect(files).toEqual([join(root, 'dicom', 'st0001', 'im0001')])
  })

  it('names a film that is not there, so that reading it says so', async () => {
    const images = ['DICOM\\ST0001\\IM0001', 'DICOM\\ST0001\\IM0009'].map((name) => record('IMAGE', name))
    const root = await medium(dicomDir(...study, ...images))
    const { files } = await discoverFiles([join(root, 'DICOMDIR')])
    expect(files).toEqual([join(root, 'dicom', 'st0001', 'im0001'), join(root, 'DICOM', 'ST0001', 'IM0009')])
    await expect(readFilm(files[1] ?? '')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  })

  it('leaves none of the films beside it out of a folder, but what it names as no image', async () => {
    const records = [record('IMAGE', 'DICOM\\ST0001\\IM0001'), record('PRESENTATION', 'DICOM\\ST0001\\IM0003')]
    const root = await medium(dicomDir(...study, ...records))
    const { files } = await discoverFiles([root])
    expect(files).toEqual(['im0001', 'im0002'].map((name) => join(root, 'dicom', 'st0001', name)))
  })

  it('leaves it to the folder where none of its films is there, and names them all the same', async () => {
    const root = await medium(dicomDir(...study, record('IMAGE', 'OTHER\\IM0001')))
    const { files } = await discoverFiles([join(root, 'DICOMDIR')])
    expect(files.map((file) => file.slice(root.length + 1))).toEqual([
      join('OTHER', 'IM0001'),
      ...['im0001', 'im0002', 'im0003'].map((name) => join('dicom', 'st0001', name)),
      'logo.png',
    ])
  })

  it.each([
    ['damaged', Uint8Array.from({ length: 400 }, (_, i) => i % 251)],
    ['empty of images', dicomDir(...study)],
  ])('that is %s leaves it to the folder', async (_, index) => {
    const root = await medium(index)
    const { files } = await discoverFiles([join(root, 'DICOMDIR')])
    expect(files.map((file) => file.slice(root.length + 1))).toEqual([
      ...['im0001', 'im0002', 'im0003'].map((name) => join('dicom', 'st0001', name)),
      'logo.png',
    ])
  })
})
