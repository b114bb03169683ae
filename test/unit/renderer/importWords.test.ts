import { expect, it } from 'vitest'
import { caseId, type CallResult } from '../../../contract'
import { importSummary } from '../../../renderer/presentation/importWords'

type Outcome = CallResult<'importFiles'>
const nothing: Outcome = { added: [], alreadyThere: 0, failed: [], skipped: 0, cancelled: false }
const one = caseId.parse('film-1')
const broken: Outcome['failed'] = [{ file: 'x', error: { code: 'DICOM_CORRUPT', message: 'damaged' } }]

it.each<[string, Partial<Outcome>]>([
  ['No film was found there.', {}],
  ['No film was found there. Skipped: 3 other files or links.', { skipped: 3 }],
  [
    '1 film added, 2 already in the worklist. Skipped: 1 other file or link.',
    { added: [one], alreadyThere: 2, skipped: 1 },
  ],
  ['0 films added.', { failed: broken }],
  ['0 films added. Stopped; import the same again to go on.', { cancelled: true }],
])('“%s” is said of an import', (words, changes) => {
  expect(importSummary({ ...nothing, ...changes })).toBe(words)
})
