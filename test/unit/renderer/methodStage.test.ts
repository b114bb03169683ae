import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { caseId, type Counterfactual } from '../../../contract'
import { useEngine } from '../../../renderer/stores/engine'
import { useMethodStage } from '../../../renderer/stores/methodStage'
import { useNotices } from '../../../renderer/stores/notices'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useScene } from '../../../renderer/stores/scene'
import { exampleCounterfactual } from '../../support/explainExamples'
import { exampleRecord } from '../../support/exampleReport'
import { exampleDetail, mainSide } from '../../support/windowSide'

/** An audited case on screen, whose pressing on ends so. */
async function opened(found: Counterfactual) {
  mainSide({
    openCase: ({ caseId: id }) => exampleDetail(id, { audit: exampleRecord() }),
    counterfactualOf: () => found,
    frame: ({ frame }) => ({ frame, picture: new Uint8Array(128 * 128), map: new Float32Array(128 * 128) }),
    knownExplanation: () => ({ explanation: null, counterfactual: null }),
    secondOpinion: () => null,
    freshClassifier: () => null,
  })
  useEngine().state = { state: 'ready', info: { backend: 'wasm', refused: [], threads: 1, versions: {}, models: [] } }
  const methodStage = useMethodStage()
  await useOpenCase().open(caseId.parse('one'))
  await new Promise((resolve) => setTimeout(resolve, 0))
  return methodStage
}

beforeEach(() => setActivePinia(createPinia()))

describe('pressing on', () => {
  it('shows the pictures around the flip where there is one', async () => {
    const methodStage = await opened(exampleCounterfactual())
    const done = methodStage.pressOn()
    expect(useScene().current).toBe('audit')
    await done
    expect(useScene().current).toBe('flip')
  })

  it('leaves the audit on the stage where nothing flipped, also for whoever watched', async () => {
    const methodStage = await opened(exampleCounterfactual({ firstFlipped: null }))
    const done = methodStage.pressOn()
    methodStage.toggleFlip()
    expect(useScene().current).toBe('flip')
    await done
    expect([useScene().current, methodStage.hasFlip]).toEqual(['audit', false])
    methodStage.toggleFlip()
    expect(useScene().current).toBe('audit')
    expect(useNotices().current?.text).toContain('found no flip')
  })
})
