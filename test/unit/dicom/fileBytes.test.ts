import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fileBytes } from '../../../main/adapters/dicom/fileBytes'
import { temporaryFolder } from '../../support/temporaryFolder'

it('a file that is too large is refused with the bound that it broke', async () => {
  const file = join(temporaryFolder(), 'DICOMDIR')
  await writeFile(file, '')
  await truncate(file, 2 * 1024 * 1024 + 1)
  await expect(fileBytes(file, 2 * 1024 * 1024)).rejects.toMatchObject({
    ...{ code: 'TOO_LARGE', message: expect.stringContaining('over 2 MB') },
  })
})
