import { expect, it } from 'vitest'
import { SimpleBitsError } from '../../../contract'
import { openLibsqlStore } from '../../../main/adapters/store'
import { FindingDesk } from '../../../main/app/workstation/review/findingDesk'
import { Worklist } from '../../../main/app/worklist'
import { exampleCase } from '../../support/exampleCase'
import { until } from '../../support/processes'
import { quietLogger } from '../../support/quietLogger'
import { temporaryFolder } from '../../support/temporaryFolder'
import { TEST_KEY } from '../../support/testKey'

const { id } = exampleCase(1)
const finding = { effusion: 'none', size: null, agrees: null, reasons: [], text: '' } as const

it('readers whom the store could not name once are asked for again, and findings are saved meanwhile', async () => {
  const store = await openLibsqlStore(temporaryFolder(), { key: TEST_KEY, log: quietLogger() })
  await store.saveCases([exampleCase(1)])
  let fail: (error: SimpleBitsError) => void = () => undefined
  let asked = 0
  let findings: typeof store.findings = () => {
    asked++
    return new Promise((_, reject) => (fail = reject))
  }
  const worklist = new Worklist(store, () => undefined)
  await worklist.load()
  const clock = { now: () => new Date('2026-01-01T00:00:00Z') }
  const saveFinding: typeof store.saveFinding = async (...what) => {
    setImmediate(() => fail(new SimpleBitsError('WRITE_FAILED', 'the disk is away')))
    return store.saveFinding(...what)
  }
  const desk = new FindingDesk({
    store: { ...store, saveFinding, findings: (film) => findings(film) },
    ...{ worklist, clock },
  })
  const readers = expect(desk.readers()).rejects.toMatchObject({ code: 'WRITE_FAILED' })
  await until(() => asked === 1)
  findings = store.findings
  const given = await desk.give(id, 'A', { ...finding, reasons: [] })
  expect(given.own).toMatchObject([{ number: 1, reader: 'A' }])
  await readers
  expect(await desk.readers()).toEqual(['A'])
  await store.close()
})
