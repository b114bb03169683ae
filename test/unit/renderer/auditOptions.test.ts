import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { caseId } from '../../../contract'
import { appliesIn, keyGroups } from '../../../renderer/composables/keys'
import { useAuditing } from '../../../renderer/stores/auditing'
import { useEngine } from '../../../renderer/stores/engine'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useWorklist } from '../../../renderer/stores/worklist'
import { useZones } from '../../../renderer/stores/zones'
import { exampleDetail, exampleSummary, mainSide } from '../../support/windowSide'

const cancelled = vi.fn(() => null)
const escape = () =>
  keyGroups
    .filter((group) => appliesIn(group, 'workstation'))
    .flatMap(({ bindings }) => bindings)
    .find(({ keys }) => keys.includes('escape'))
    ?.run('escape')

beforeEach(async () => {
  setActivePinia(createPinia())
  cancelled.mockClear()
  mainSide({
    openCase: ({ caseId: id }) => exampleDetail(id),
    startAudit: () => null,
    cancelAudit: cancelled,
  })
  useEngine().state = { state: 'ready', info: { backend: 'wasm', refused: [], threads: 1, versions: {}, models: [] } }
  useWorklist().cases = [exampleSummary('one')]
  await useOpenCase().open(caseId.parse('one'))
})

describe('the choices of how to audit', () => {
  it('make room for the audit that they start', async () => {
    const auditing = useAuditing()
    auditing.optionsOpen = true
    await auditing.start()
    expect(auditing.optionsOpen).toBe(false)
  })

  it('are folded by Esc before it cancels anything', async () => {
    const auditing = useAuditing()
    auditing.optionsOpen = true
    useWorklist().cases = [exampleSummary('one', { status: 'auditing' })]
    escape()
    expect([auditing.optionsOpen, cancelled.mock.calls.length]).toEqual([false, 0])
    escape()
    await vi.waitFor(() => expect(cancelled).toHaveBeenCalledOnce())
  })
})

it('Esc ends the correcting of outlines, and nothing else with it', () => {
  const [auditing, zones] = [useAuditing(), useZones()]
  zones.editing = true
  auditing.optionsOpen = true
  escape()
  expect([zones.editing, auditing.optionsOpen]).toEqual([false, true])
})
