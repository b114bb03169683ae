import { join } from 'node:path'
import { expect, it } from 'vitest'
import { patientKey, sha256, storedFinding } from '../../contract'
import { openLibsqlStore } from '../../main/adapters/store'
import { openDatabase } from '../../main/adapters/store/database'
import type { StoredCase } from '../../main/ports'
import { exampleAudit, exampleCase } from '../support/exampleCase'
import { exampleMarks } from '../support/exampleMarks'
import { exampleExplanation } from '../support/explainExamples'
import { quietLogger } from '../support/quietLogger'
import { temporaryFolder } from '../support/temporaryFolder'
import { TEST_KEY } from '../support/testKey'

const open = (root: string) => openLibsqlStore(root, { key: TEST_KEY, log: quietLogger() })
const identity: StoredCase['identity'] = {
  ...{ patientKey: patientKey.parse('c'.repeat(64)), studyUid: '1.2', seriesUid: '1.2.3', sopInstanceUid: '1.2.3.4' },
  ...{ studyDate: '2017-01-03', sex: 'F', age: 0.58, view: 'PA', modality: 'DX' },
}
const decision = { probability: 0.25, present: false, model: sha256.parse('d'.repeat(64)), rule: null }
const finding = storedFinding.parse({
  ...{ number: 1, reader: 'Dr. Test', state: 'given', savedAt: '2026-01-01T00:00:00.000Z' },
  finding: { effusion: 'left', size: 'small', agrees: 'no', reasons: ['device'], text: 'gone soon' },
})
/** All that a film may leave behind it. */
const TABLES = [
  ...['patients', 'studies', 'series', 'films', 'decisions', 'notes', 'findings', 'audits', 'audit_frames'],
  ...['reports', 'documents', 'explanations'],
]

it('a store keeps no trace of a patient whose last film was removed', async () => {
  const root = temporaryFolder()
  const store = await open(root)
  const [one, other] = [exampleCase(1, { identity, decision }), exampleCase(2, { identity })]
  await store.saveCases([one, other])
  await store.saveNotes(one.id, 'gone soon')
  await store.saveFinding(one.id, finding)
  await store.saveAudit(one.id, exampleAudit(1))
  await store.saveExplanation(one.id, 'it', { explanation: exampleExplanation() })
  await store.saveReport(one.id, { path: '/r.pdf', writtenAt: '2026-01-01T00:00:00Z', sha256: one.sha256 })
  await store.saveMarks(one.id, exampleMarks())
  const rows = (table: string) => {
    const database = openDatabase(join(root, 'store.db'), TEST_KEY)
    const found = database.all(`SELECT * FROM ${table}`)
    database.close()
    return found
  }
  await store.close()
  for (const table of TABLES) expect(rows(table), table).not.toHaveLength(0)
  const again = await open(root)
  await again.removeCase(one.id)
  expect((await again.listCases())[0]?.identity).toEqual(identity)
  await again.removeCase(other.id)
  await again.close()
  for (const table of TABLES) expect(rows(table), table).toEqual([])
})
