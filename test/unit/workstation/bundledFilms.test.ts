import { expect, it, vi } from 'vitest'
import { openLibsqlStore } from '../../../main/adapters/store'
import { ask } from '../../support/ask'
import { quietLogger } from '../../support/quietLogger'
import { scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'
import { TEST_KEY } from '../../support/testKey'

const product = (...numbers: number[]) =>
  numbers.map((number) => ({ path: `/product/film-${number}.dcm`, reportLabel: null }))

/** The product started on a store, once all its films have come in or are known as removed. */
async function started(root: string, bundled: ReturnType<typeof product>) {
  const store = await openLibsqlStore(root, { key: TEST_KEY, log: quietLogger() })
  const { workstation } = await scriptedWorkstation(root, { bundled, store })
  await vi.waitFor(async () => expect(await store.bundledSeen()).toHaveLength(bundled.length), 30_000)
  const files = async () => (await ask(workstation, 'listCases', null)).map(({ file }) => file)
  return { workstation, files }
}

it('a film of the product that was removed stays away, and a new one comes in', async () => {
  const root = temporaryFolder()
  const first = await started(root, product(1, 2))
  const [removed] = await ask(first.workstation, 'listCases', null)
  if (!removed) throw new Error('nothing came in')
  await ask(first.workstation, 'removeCase', { caseId: removed.id })
  await first.workstation.close()
  const next = await started(root, product(1, 2, 3))
  expect(await next.files()).toEqual(['/product/film-2.dcm', '/product/film-3.dcm'])
  // unless the user brings it in
  const { added } = await ask(next.workstation, 'importFiles', { paths: ['/product/film-1.dcm'] })
  expect(added).toHaveLength(1)
  await next.workstation.close()
})
