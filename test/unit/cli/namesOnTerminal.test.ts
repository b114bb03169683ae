import { describe, expect, it } from 'vitest'
import { RESEARCH_USE_ONLY } from '../../../contract'
import { userDataFolder } from '../../../main/adapters/files'
import { printRows } from '../../../main/cli/rows'
import { failed } from '../../../main/cli/words'
import { keptOutput } from '../../support/keptOutput'

describe('a file’s name that steers a terminal or forges a row', () => {
  const file = 'film\u001b[2J\nother.dcm'

  it('is shown without its control characters where it failed', () => {
    const error = { code: 'DICOM_CORRUPT' as const, message: 'It is broken.' }
    expect(failed({ file, error })).toBe('film\ufffd[2J\ufffdother.dcm: DICOM_CORRUPT: It is broken.')
  })

  it('is one row where it succeeded, and whole in JSON', async () => {
    const print = async (json: boolean) => {
      const { output, data, said } = keptOutput()
      const rows = (async function* () {
        yield await Promise.resolve({ file })
      })()
      await printRows(output, { skipped: 0, rows }, { json, text: () => 'yes' })
      expect(said).toEqual([`${RESEARCH_USE_ONLY}.`])
      return data
    }
    expect(await print(false)).toEqual(['yes  film\ufffd[2J\ufffdother.dcm'])
    expect(await print(true)).toEqual([JSON.stringify({ file })])
  })
})

it('a film that has to be confirmed is named with the option that does', () => {
  const error = { code: 'WRONG_MODALITY' as const, message: 'It is a CT. It has to be confirmed first.' }
  expect(failed({ file: 'film.dcm', error })).toContain('confirmed first. Add --force to confirm it.')
})

describe('the folder of the user’s data', () => {
  it.skipIf(process.platform !== 'linux')('is not the current one where a variable is set to nothing', () => {
    expect(userDataFolder({ XDG_CONFIG_HOME: '', SIMPLEBITS_STORE: '' })).toBe(userDataFolder({}))
  })
})
