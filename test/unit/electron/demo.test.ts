import { describe, expect, it } from 'vitest'
import { SimpleBitsError } from '../../../contract'
import { casesClassified } from '../../../electron/demo/waiting'
import type { Engine } from '../../../main/ports'
import { scriptedEngine, scriptedWorkstation } from '../../support/scriptedWorkstation'
import { temporaryFolder } from '../../support/temporaryFolder'

describe('the demonstration', () => {
  /** A workstation with one bundled film and an engine that does not start until it is started again. */
  async function withoutEngine() {
    const script = scriptedEngine()
    const start = async () => script.die()
    const call: Engine['call'] = async (...args) => {
      if (script.engine.state().state !== 'ready') throw new SimpleBitsError('ENGINE_DIED', 'gone')
      return script.engine.call(...args)
    }
    const bundled = [{ path: '/demo/film-1.dcm', reportLabel: null }]
    const { workstation } = await scriptedWorkstation(temporaryFolder(), {
      ...{ engine: { ...script.engine, start, call }, bundled },
    })
    return workstation
  }

  it('ends with the engine’s own words where that does not start and nobody watches', async () => {
    const workstation = await withoutEngine()
    await expect(casesClassified(workstation, { unattended: true })).rejects.toThrow('gone')
    await workstation.close()
  })

  it('waits where somebody watches, who may start the engine again', async () => {
    const workstation = await withoutEngine()
    const waiting = casesClassified(workstation, { unattended: false })
    setTimeout(() => void workstation.call('restartEngine', null), 1000)
    expect(await waiting).toMatchObject([{ bundled: true, decision: true }])
    await workstation.close()
  })
})
