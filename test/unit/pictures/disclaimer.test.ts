import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { RESEARCH_USE_ONLY } from '../../../contract'
import { resultFiles } from '../../../main/adapters/files'
import { pngPictureWriter } from '../../../main/adapters/pictures'
import { decodeSafetensors } from '../../../main/adapters/tensors'
import { temporaryFolder } from '../../support/temporaryFolder'

const said = { Disclaimer: 'Research use only - not for diagnosis' }
const size = { width: 2, height: 1 }

describe('a file that leaves the program', () => {
  it('says in itself that it is no diagnosis: pictures', async () => {
    const path = join(temporaryFolder(), 'picture.png')
    await pngPictureWriter.writeGrey({ ...size, pixels: Uint8Array.of(3, 4) }, path)
    expect(decode(await readFile(path))).toMatchObject({ text: said, data: Uint8Array.of(3, 4) })
    await pngPictureWriter.writeColour({ ...size, rgb: Uint8Array.of(1, 2, 3, 4, 5, 6) }, path)
    expect(decode(await readFile(path))).toMatchObject({ text: said, channels: 3 })
  })

  it('says in itself that it is no diagnosis: maps', async () => {
    const path = join(temporaryFolder(), 'maps.safetensors')
    await resultFiles.tensors(path, { original: { shape: [2], data: Float32Array.of(1, 2) } })
    const { tensors, metadata } = decodeSafetensors(await readFile(path), 'maps')
    expect(metadata).toEqual({ note: RESEARCH_USE_ONLY })
    expect(tensors['original']?.data).toEqual(Float32Array.of(1, 2))
  })

  it('is no thumbnail: by these films of earlier versions are told apart', () => {
    const png = pngPictureWriter.encodeGrey({ ...size, pixels: Uint8Array.of(3, 4) })
    expect(decode(png).text).toEqual({})
  })
})
