import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { caseId, sha256, type CaseDetail, type CaseSummary, type EngineState } from '../../../contract'
import { useAuditing } from '../../../renderer/stores/auditing'
import { useEngine } from '../../../renderer/stores/engine'
import { useExplaining } from '../../../renderer/stores/explaining'
import { useImporting, type ImportOutcome } from '../../../renderer/stores/importing'
import { useNotices } from '../../../renderer/stores/notices'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useWorklist } from '../../../renderer/stores/worklist'
import { exampleExplanation } from '../../support/explainExamples'
import { exampleRecord } from '../../support/exampleReport'
import { exampleDetail, exampleSummary, mainSide } from '../../support/windowSide'

const ready: EngineState = {
  state: 'ready',
  info: { backend: 'wasm', refused: [], threads: 1, versions: {}, models: [] },
}
const [one, two] = [caseId.parse('one'), caseId.parse('two')]

beforeEach(() => setActivePinia(createPinia()))

describe('an import that ends', () => {
  const bring = async () => {
    mainSide({
      importFiles: () => ({ added: [two], alreadyThere: 0, failed: [], skipped: 0, cancelled: false }),
      listCases: () => [exampleSummary('one'), exampleSummary('two')],
    })
    await useImporting().bring(['/films/two.dcm'])
  }

  it('leaves the reader at the film on screen', async () => {
    const worklist = useWorklist()
    worklist.selectedId = one
    await bring()
    expect(worklist.selectedId).toBe(one)
  })

  it('is not joined by another one: what is dropped meanwhile is not taken in silence', async () => {
    let end: (outcome: ImportOutcome) => void = () => undefined
    const importFiles = vi.fn(() => new Promise<ImportOutcome>((resolve) => (end = resolve)))
    const pickFiles = vi.fn(() => [])
    mainSide({ importFiles, pickFiles, listCases: () => [] })
    const importing = useImporting()
    const running = importing.bring(['/films/one.dcm'])
    await importing.bring(['/films/two.dcm'])
    expect(useNotices().current?.text).toContain('An import is running')
    await importing.pick(false)
    expect([importFiles, pickFiles].map(({ mock }) => mock.calls.length)).toEqual([1, 0])
    end({ added: [], alreadyThere: 0, failed: [], skipped: 0, cancelled: false })
    await running
    expect(importing.busy).toBe(false)
  })

  it('was asked for once, however many films were dropped', async () => {
    const importFiles = vi.fn(() => ({ added: [], alreadyThere: 0, failed: [], skipped: 0, cancelled: false }))
    mainSide({ importFiles, listCases: () => [] })
    const paths = Array.from({ length: 2500 }, (_, i) => `/films/${i}.dcm`)
    await useImporting().bring(paths)
    expect(importFiles.mock.calls).toEqual([[{ paths }]])
  })

  it('opens its first film where none is open', async () => {
    await bring()
    expect(useWorklist().selectedId).toBe(two)
  })
})

describe('a film with warnings', () => {
  const warnings = [{ code: 'WRONG_MODALITY', message: 'This is a CT slice.', mustConfirm: true }]
  const started = vi.fn(() => null)

  /** Its warnings are on screen, and no audit has begun. */
  async function asked() {
    mainSide({ openCase: ({ caseId: id }) => exampleDetail(id), startAudit: started })
    useWorklist().cases = [exampleSummary('one', { warnings }), exampleSummary('two', { warnings })]
    await useOpenCase().open(one)
    useEngine().state = ready
    const auditing = useAuditing()
    await auditing.start()
    expect(auditing.confirming?.id).toBe(one)
    expect(started).not.toHaveBeenCalled()
    return auditing
  }
  beforeEach(() => started.mockClear())

  it('is audited after a yes to them', async () => {
    await (await asked()).start(true)
    expect(started).toHaveBeenCalledWith(expect.objectContaining({ caseId: one, confirmed: true }))
  })

  it('is not confirmed by a yes to another one’s', async () => {
    const auditing = await asked()
    await useOpenCase().open(two)
    expect(auditing.confirming).toBeNull()
    await auditing.start(true)
    expect(started).not.toHaveBeenCalled()
  })

  it('is explained by other methods only after a yes too, and without one where an audit had it', async () => {
    await asked()
    const explained = vi.fn(() => exampleExplanation())
    mainSide({ openCase: ({ caseId: id }) => exampleDetail(id), explainCase: explained })
    const explaining = useExplaining()
    expect(explaining.explain(true)).toBe(false)
    expect(explaining.explain()).toBe(false)
    expect(explaining.confirming?.id).toBe(one)
    expect(explained).not.toHaveBeenCalled()
    expect(explaining.explain(true)).toBe(true)
    expect(explained).toHaveBeenCalledWith({ caseId: one, confirmed: true })
    await vi.waitFor(() => expect(explaining.current.task).toBeNull())
    const shas = { classifier: sha256.parse('a'.repeat(64)), flow: sha256.parse('b'.repeat(64)) }
    const audit: CaseSummary['audit'] = {
      ...{
        bitsLeft: 0.4,
        aboveFlat: 0.2,
        decisionKept: true,
        createdAt: '',
        whole: true,
        stoppedEarly: false,
        ...shas,
        threshold: 0.5,
      },
      ...{ ofClassifierInUse: false, preset: 'standard', objective: 'activation' },
    }
    useWorklist().put(exampleSummary('one', { warnings, audit }))
    expect(explaining.explain()).toBe(true)
  })
})

it('an audit does not begin without an engine, and says why', async () => {
  const started = vi.fn(() => null)
  mainSide({ openCase: ({ caseId: id }) => exampleDetail(id), startAudit: started })
  useWorklist().cases = [exampleSummary('one')]
  await useOpenCase().open(one)
  useEngine().state = { state: 'dead', message: 'It has stopped.' }
  await useAuditing().start()
  expect(started).not.toHaveBeenCalled()
  expect(useNotices().current?.text).toBe('An audit can start as soon as the engine is ready.')
  useEngine().state = ready
  await useAuditing().start()
  expect(started).toHaveBeenCalledOnce()
})

describe('an audit that ends while its case is being opened', () => {
  it('is on screen with its pictures, in place of the one that was read', async () => {
    let answer: (detail: CaseDetail) => void = () => undefined
    mainSide({ openCase: () => new Promise<CaseDetail>((resolve) => (answer = resolve)) })
    const openCase = useOpenCase()
    const opening = openCase.open(one)
    const view = { frame: 3, picture: new Uint8Array(4), map: new Float32Array(4) }
    openCase.takeAudit(exampleRecord({ seed: 2 }), new Map([[3, view]]))
    answer(exampleDetail('one', { audit: exampleRecord({ seed: 1 }) }))
    await opening
    expect(openCase.audit?.seed).toBe(2)
    expect(openCase.frames.get(3)).toEqual(view)
  })

  it('is not taken for that of the case that is opened next', async () => {
    mainSide({ openCase: ({ caseId: id }) => exampleDetail(id) })
    const openCase = useOpenCase()
    void openCase.open(one)
    openCase.takeAudit(exampleRecord(), new Map())
    await openCase.open(two)
    expect(openCase.audit).toBeNull()
  })
})
