import { expect, it } from 'vitest'
import { openLibsqlStore } from '../../main/adapters/store'
import { exampleAudit, exampleCase } from '../support/exampleCase'
import { quietLogger } from '../support/quietLogger'
import { temporaryFolder } from '../support/temporaryFolder'
import { TEST_KEY } from '../support/testKey'

it('an audit of an earlier version, which says nothing of the detail left, stays one', async () => {
  const store = await openLibsqlStore(temporaryFolder(), { key: TEST_KEY, log: quietLogger() })
  const film = exampleCase(1)
  await store.saveCases([film])
  const audit = exampleAudit(1)
  await store.saveAudit(film.id, { ...audit, frames: { ...audit.frames, details: null } })
  const read = await store.audit(film.id)
  expect(read?.frames).toMatchObject({ count: 2, details: null })
  await store.close()
})

it('the fine detail left is kept with an audit, and audits of before it have none', async () => {
  const store = await openLibsqlStore(temporaryFolder(), { key: TEST_KEY, log: quietLogger() })
  const films = [exampleCase(1), exampleCase(2)] as const
  await store.saveCases([...films])
  const { fineDetail, ...former } = exampleAudit(7)
  await store.saveAudit(films[0].id, { ...former, fineDetail })
  await store.saveAudit(films[1].id, former)
  expect((await store.audit(films[0].id))?.fineDetail).toEqual(fineDetail)
  expect(await store.audit(films[1].id)).not.toHaveProperty('fineDetail')
  await store.close()
})
