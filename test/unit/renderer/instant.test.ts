import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { caseId, modelName, type AuditRecord, type InstantEstimate, type FoundStop } from '../../../contract'
import { INSTANT_FRAME } from '../../../renderer/presentation/wayStops'
import { useClassifiers } from '../../../renderer/stores/classifiers'
import { useEngine } from '../../../renderer/stores/engine'
import { useInstant } from '../../../renderer/stores/instant'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useLiveAudits } from '../../../renderer/stores/liveAudits'
import { useWay } from '../../../renderer/stores/way'
import { exampleRecord } from '../../support/exampleReport'
import { settled } from '../../support/settled'
import { exampleDetail, mainSide } from '../../support/windowSide'

const film = caseId.parse('one')
const SIZE = 128 * 128
const estimate: InstantEstimate = {
  ...{ picture: new Uint8Array(SIZE), map: new Float32Array(SIZE), bits: 20_000, bpd: 1.2, bitsLeft: 0.4 },
  ...{ aboveFlat: 0.2, probability: 0.8, decisionKept: true, milliseconds: 30 },
}
const original = { bits: 50_000, bpd: 3, probability: 0.83, matchingDistance: 0.2 }

/** A case on screen with its estimate; `audit`: of earlier. */
async function opened(audit: AuditRecord | null = null): Promise<void> {
  mainSide({
    openCase: () => exampleDetail('one', { audit }),
    instantEstimate: () => estimate,
    frame: ({ frame }) => ({ frame, picture: new Uint8Array(SIZE), map: new Float32Array(SIZE) }),
    useClassifier: () => [],
  })
  useEngine().state = { state: 'ready', info: { backend: 'wasm', refused: [], threads: 1, versions: {}, models: [] } }
  useInstant()
  await useOpenCase().open(film)
  await settled()
}

function start(): void {
  const liveAudits = useLiveAudits()
  liveAudits.begin(film)
  const began = { type: 'auditStarted', caseId: film, original, flatBits: 10_000, threshold: 0.5 } as const
  liveAudits.take({ ...began, originalMap: new Float32Array(SIZE), flatMap: new Float32Array(SIZE) })
}

async function stop(frame: number, usable: boolean): Promise<void> {
  const point: FoundStop = {
    ...{ step: 4 * frame, pressure: 1, bits: 49_000 - 10_000 * frame, bpd: 2, aboveFlat: 0.9, probability: 0.8 },
    ...{ matchingDistance: 0.1, kl: 0.01, decisionKept: true, seconds: frame, frame },
  }
  const view = { frame, picture: new Uint8Array(SIZE), map: new Float32Array(SIZE) }
  useLiveAudits().take({ type: 'auditPoint', caseId: film, point, frame: view, usable })
  await settled()
}

beforeEach(() => setActivePinia(createPinia()))

describe('the instant estimate', () => {
  it('stays until the first usable stop of the audit, and does not come back for a later one', async () => {
    await opened()
    const way = useWay()
    expect(way.view?.frame).toBe(INSTANT_FRAME)
    start()
    await stop(0, false)
    expect(way.current?.frame).toBe(0)
    expect([way.estimated, way.view?.frame]).toEqual([true, INSTANT_FRAME])
    await stop(1, true)
    expect([way.estimated, way.view?.frame]).toEqual([false, 1])
    await stop(2, false)
    expect([way.estimated, way.view?.frame]).toEqual([false, 2])
  })

  it('makes way for a stop that the user asks for', async () => {
    await opened()
    const way = useWay()
    start()
    await stop(0, false)
    await stop(1, false)
    way.moveTo(1)
    expect([way.estimated, way.view?.frame]).toEqual([false, 0])
  })

  it('is not there for a film that is audited again, whether it was audited now or before', async () => {
    await opened()
    const [way, openCase] = [useWay(), useOpenCase()]
    openCase.takeAudit(exampleRecord(), new Map())
    await settled()
    start()
    await stop(0, false)
    expect([way.estimated, way.view?.frame]).toEqual([false, 0])

    setActivePinia(createPinia())
    await opened(exampleRecord())
    start()
    useEngine().state = { state: 'starting' }
    await settled()
    useEngine().state = { state: 'ready', info: { backend: 'wasm', refused: [], threads: 1, versions: {}, models: [] } }
    await settled()
    await stop(0, false)
    expect(useWay().estimated).toBe(false)
  })

  it('of another classifier does not stand in for the audit that runs on with the one before', async () => {
    await opened()
    start()
    await stop(0, false)
    await useClassifiers().use(modelName.parse('other'))
    await settled()
    expect(useOpenCase().state).toBe('ready')
    expect([useWay().estimated, useInstant().shown]).toEqual([false, null])
  })

  it('is said to be on its way, for the film on screen only', async () => {
    let answer: (found: InstantEstimate | null) => void = () => undefined
    mainSide({
      openCase: ({ caseId: id }) => exampleDetail(id),
      instantEstimate: () => new Promise<InstantEstimate | null>((resolve) => (answer = resolve)),
    })
    useEngine().state = { state: 'ready', info: { backend: 'wasm', refused: [], threads: 1, versions: {}, models: [] } }
    const instant = useInstant()
    await useOpenCase().open(film)
    await settled()
    expect(instant.pending).toBe(true)
    answer(estimate)
    await settled()
    expect([instant.pending, instant.shown]).toEqual([false, estimate])
    await useOpenCase().open(caseId.parse('two'))
    await settled()
    expect(instant.pending).toBe(true)
    useOpenCase().close()
    await settled()
    expect(instant.pending).toBe(false)
  })

  it('is none where it would cost as much as the film', async () => {
    mainSide({
      openCase: ({ caseId: id }) => exampleDetail(id),
      instantEstimate: () => ({ ...estimate, bitsLeft: 1.48 }),
    })
    useEngine().state = { state: 'ready', info: { backend: 'wasm', refused: [], threads: 1, versions: {}, models: [] } }
    const instant = useInstant()
    await useOpenCase().open(film)
    await settled()
    expect([instant.shown, instant.view]).toEqual([null, null])
  })
})
