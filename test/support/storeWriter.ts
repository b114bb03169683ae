import { openLibsqlStore } from '../../main/adapters/store'
import { exampleAudit, exampleCase } from './exampleCase'
import { exampleExplanation } from './explainExamples'
import { quietLogger } from './quietLogger'
import { TEST_KEY } from './testKey'

/** Writes cases, audits, explanations and notes into the folder without end, a dot on stdout after each round; the test kills it. */
const [root] = process.argv.slice(2)
if (root === undefined) throw new Error('give the folder')
const store = await openLibsqlStore(root, { key: TEST_KEY, log: quietLogger() })
for (let round = 0; ; round++) {
  const trio = [0, 1, 2].map((n) => exampleCase(3 * (round % 3) + n, { title: `round ${round}` }))
  await store.saveCases(trio)
  const id = exampleCase(round % 3).id
  await store.saveAudit(id, exampleAudit(round))
  const maps = [{ method: 'gradCam', map: new Float32Array(128 * 128).fill(round) } as const]
  await store.saveExplanation(id, 'the audit', { explanation: { ...exampleExplanation(), maps, seconds: round } })
  await store.saveNotes(id, `note ${round} `.repeat(2000))
  process.stdout.write('.')
}
