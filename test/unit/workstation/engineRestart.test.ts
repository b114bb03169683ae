import { describe, expect, it } from 'vitest'
import { SimpleBitsError } from '../../../contract'
import type { Engine } from '../../../main/ports'
import { ask } from '../../support/ask'
import { until } from '../../support/processes'
import { scriptedEngine, scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

/** An engine that answers only while it is ready, as the real one does. */
function mortalEngine() {
  const script = scriptedEngine()
  const call: Engine['call'] = async (...args) => {
    if (script.engine.state().state === 'dead') throw new SimpleBitsError('ENGINE_DIED', 'gone')
    return script.engine.call(...args)
  }
  return { die: script.die, engine: { ...script.engine, call } }
}

describe('films that came in while the engine was dead', () => {
  it('get their decision once it was started again', async () => {
    const { engine, die } = mortalEngine()
    const { workstation, events } = await scriptedWorkstation(temporaryFolder(), { engine })
    const decisions = async () => (await ask(workstation, 'listCases', null)).map(({ decision }) => decision)
    await ask(workstation, 'importFiles', { paths: ['/films/film-1.dcm'] })
    expect(await decisions()).toEqual([true])
    die()
    await ask(workstation, 'importFiles', { paths: ['/films/film-2.dcm'] })
    expect(await decisions()).toEqual([true, null])
    events.length = 0
    await ask(workstation, 'restartEngine', null)
    await until(() => events.some((event) => event.type === 'case' && event.summary.decision === true))
    expect(await decisions()).toEqual([true, true])
    await workstation.close()
  })
})
