import { join } from 'node:path'
import { sha256, storedFinding } from '../../contract'
import { createLogger } from '../../main/adapters/log'
import { openLibsqlStore } from '../../main/adapters/store'
import { exampleAudit, exampleCase } from './exampleCase'
import { exampleCounterfactual } from './explainExamples'
import { scriptedWorkstation } from './scriptedWorkstation'
import { TEST_KEY } from './testKey'

/**
 * Fills a store through the workstation: import, audit, notes, finding, report, a copied film, some failures for the log. Says
 * "filled" and waits to be killed, with everything still in the write-ahead log.
 */
const [root, film, hash] = process.argv.slice(2)
if (root === undefined || film === undefined || hash === undefined) throw new Error('give folder, film and its sha256')
const log = createLogger({ file: join(root, 'logs', 'workstation.log'), level: 'debug' })
const store = await openLibsqlStore(root, { key: TEST_KEY, log })
const { workstation, script } = await scriptedWorkstation(root, { store, log })
const folder = '/films/TESTNAME Erika'
await workstation.call('importFiles', { paths: [`${folder}/film-1.dcm`, `${folder}/broken.dcm`] })
const answer = await workstation.call('listCases', null)
const [first] = answer.ok ? answer.result : []
if (!first) throw new Error('nothing came in')
const caseId = first.id
const audit = { preset: 'quick', objective: 'activation', seed: 1, repeat: false, confirmed: true } as const
await workstation.call('startAudit', { caseId, ...audit })
while (script.audits.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
script.audits[0]?.fail(Object.assign(new Error(`ENOENT: ${folder}/film-1.dcm`)) as never)
await store.saveNotes(caseId, 'NOTES of TESTNAME')
await store.saveAudit(caseId, exampleAudit(0x41))
await store.saveExplanation(caseId, `the audit of ${folder}`, { counterfactual: exampleCounterfactual() })
const finding = { effusion: 'left', size: 'small', agrees: 'no', reasons: ['device'], text: 'FREETEXT finding' }
const given = { number: 1, reader: 'READERNAME', state: 'given', savedAt: '2026-01-01T00:00:00.000Z', finding }
await store.saveFinding(caseId, storedFinding.parse(given))
const known = sha256.parse(hash)
await store.saveReport(caseId, { path: `${folder}/report.pdf`, writtenAt: '2026-01-01', sha256: known })
const copy = await store.copyFilm(film, known)
await store.saveCases([exampleCase(9, { file: film, sha256: known, copy, title: 'TESTNAME, Erika' })])
process.stdout.write('filled')
setInterval(() => undefined, 1000)
