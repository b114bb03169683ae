import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLibsqlStore } from '../../main/adapters/store'
import { openDatabase } from '../../main/adapters/store/database'
import { exampleCase } from '../support/exampleCase'
import { exampleCounterfactual, exampleExplanation } from '../support/explainExamples'
import { quietLogger } from '../support/quietLogger'
import { temporaryFolder } from '../support/temporaryFolder'
import { TEST_KEY } from '../support/testKey'

const open = (root: string) => openLibsqlStore(root, { key: TEST_KEY, log: quietLogger() })

describe('explanations in the store', () => {
  it('keeps what was computed beside a film or its audit: the last of each kind, for what it is about', async () => {
    const root = temporaryFolder()
    const store = await open(root)
    const { id } = exampleCase(1)
    await store.saveExplanation(id, 'first audit', { explanation: exampleExplanation() })
    expect(await store.explanation(id, 'first audit')).toEqual({ explanation: null, counterfactual: null })
    await store.saveCases([exampleCase(1)])
    const [explanation, counterfactual] = [exampleExplanation(), exampleCounterfactual()]
    explanation.maps[0]?.map.set([0.25, -3], 100)
    counterfactual.firstFlipped?.picture.set([7, 255], 9)
    await store.saveExplanation(id, 'first audit', { explanation })
    await store.saveExplanation(id, 'first audit', { counterfactual })
    await store.close()
    const again = await open(root)
    expect(await again.explanation(id, 'first audit')).toEqual({ explanation, counterfactual })
    expect(await again.explanation(id, 'next audit')).toEqual({ explanation: null, counterfactual: null })
    const next = exampleCounterfactual({ lastKept: null })
    await again.saveExplanation(id, 'next audit', { counterfactual: next })
    expect(await again.explanation(id, 'next audit')).toEqual({ explanation: null, counterfactual: next })
    expect(await again.explanation(id, 'first audit')).toEqual({ explanation, counterfactual: null })
    await again.close()
  })

  it('takes an explanation that it does not understand for none, for it can be computed again', async () => {
    const root = temporaryFolder()
    const store = await open(root)
    const { id } = exampleCase(1)
    await store.saveCases([exampleCase(1)])
    await store.saveExplanation(id, 'an audit', { explanation: exampleExplanation() })
    await store.close()
    const database = openDatabase(join(root, 'store.db'), TEST_KEY)
    database.exec("UPDATE explanations SET record = replace(record, 'decision', 'verdict')")
    database.exec(`INSERT INTO explanations VALUES ('${id}', 'counterfactual', 'an audit', '{}', x'00')`)
    database.close()
    const again = await open(root)
    expect(await again.explanation(id, 'an audit')).toEqual({ explanation: null, counterfactual: null })
    await again.close()
  })
})
