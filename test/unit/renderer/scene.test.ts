import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { caseId, patientKey, type CaseSummary } from '../../../contract'
import { appliesIn, keyGroups } from '../../../renderer/composables/keys'
import { shownViewports } from '../../../renderer/composables/shownViewports'
import { usePaneTools } from '../../../renderer/composables/usePaneTools'
import { useMethodStage } from '../../../renderer/stores/methodStage'
import { useNotices } from '../../../renderer/stores/notices'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { usePrior } from '../../../renderer/stores/prior'
import { useScene } from '../../../renderer/stores/scene'
import { useStage } from '../../../renderer/stores/stage'
import { useWorklist } from '../../../renderer/stores/worklist'
import type { LinkedViewport } from '../../../renderer/viewer'
import { exampleDetail, exampleSummary, mainSide } from '../../support/windowSide'

const patient = (digit: string) => patientKey.parse(digit.repeat(64))
/** Two patients who have come twice, and one who has come once. */
const films: readonly CaseSummary[] = [
  exampleSummary('present', { patientKey: patient('a'), studyDate: '2017-04-20' }),
  exampleSummary('earlier', { patientKey: patient('a'), studyDate: '2017-01-18' }),
  exampleSummary('once', { patientKey: patient('b'), studyDate: '2017-02-01' }),
  exampleSummary('other', { patientKey: patient('c'), studyDate: '2017-03-02' }),
  exampleSummary('otherEarlier', { patientKey: patient('c'), studyDate: '2015-03-02' }),
]

async function open(id: string): Promise<void> {
  await useOpenCase().open(caseId.parse(id))
  await nextTick()
}

const press = (key: string) =>
  keyGroups
    .filter((group) => appliesIn(group, 'workstation'))
    .flatMap(({ bindings }) => bindings)
    .find(({ keys }) => keys.includes(key))
    ?.run(key)

beforeEach(async () => {
  setActivePinia(createPinia())
  shownViewports.clear()
  mainSide({
    listCases: () => [...films],
    openCase: ({ caseId: id }) => exampleDetail(id),
    knownExplanation: () => ({ explanation: null, counterfactual: null }),
    secondOpinion: () => null,
    freshClassifier: () => null,
  })
  await useWorklist().load()
  await open('present')
})

describe('the scene on the stage', () => {
  it('is the audit, film large, until something else is asked for', () => {
    const scene = useScene()
    expect([scene.current, scene.arrangement]).toEqual(['audit', 'filmLarge'])
    expect(scene.auditPanes).toEqual(['film', 'simplified', 'bitmap'])
  })

  it('stays with an earlier film on the way through the worklist, where there is one', async () => {
    const scene = useScene()
    scene.toggle('prior')
    expect(scene.current).toBe('prior')
    await open('once')
    expect(scene.current).toBe('audit')
    await open('other')
    expect(scene.current).toBe('prior')
    expect(scene.priors.map(({ id }) => id)).toEqual(['otherEarlier'])
    scene.toggle('prior')
    await open('present')
    expect(scene.current).toBe('audit')
  })

  it.each(['methods', 'flip'] as const)('leaves %s behind with the film that they explain', async (explanation) => {
    const scene = useScene()
    scene.show(explanation)
    await open('other')
    expect(scene.current).toBe('audit')
  })

  it('comes back from other methods to what stood there before', async () => {
    const scene = useScene()
    scene.show('prior')
    scene.toggle('methods')
    expect(scene.current).toBe('methods')
    scene.toggle('methods')
    expect(scene.current).toBe('prior')
    scene.show('flip')
    await open('other')
    expect(scene.current).toBe('prior')
  })

  it.each(['methods', 'flip', 'prior'] as const)('gives way from %s to the audit when that is arranged', (other) => {
    const scene = useScene()
    scene.show(other)
    press('2')
    expect([scene.current, scene.arrangement]).toEqual(['audit', 2])
    scene.show(other)
    scene.maximise('bitmap')
    expect([scene.current, scene.arrangement, useStage().activePane]).toEqual(['audit', 1, 'bitmap'])
    expect(scene.auditPanes).toEqual(['bitmap'])
    scene.maximise('bitmap')
    expect(scene.arrangement).toBe('filmLarge')
  })

  it('takes another method’s map off the film when another number of viewports is asked for', async () => {
    const methodStage = useMethodStage()
    methodStage.toggleOverFilm('gradCam')
    press('1')
    await nextTick()
    expect(methodStage.overFilm).toBeNull()
  })
})

it('a double click on another method’s map does not bring the bit map in its place', () => {
  // The composable misses the component that it would live in.
  vi.spyOn(console, 'warn').mockReturnValue()
  useScene().show('methods')
  const scope = effectScope()
  scope.run(() => usePaneTools({ name: 'occlusion', mouseAs: 'bitmap' }, shallowRef(null)))?.doubleClick()
  scope.stop()
  expect([useScene().current, useScene().arrangement]).toEqual(['methods', 'filmLarge'])
})

describe('the viewport used last is the one to be kept', () => {
  /** A press of the left button in a viewport of another method, which shows no picture yet. */
  function pressIn(name: 'occlusion' | 'gradCam'): void {
    vi.spyOn(console, 'warn').mockReturnValue()
    const viewport = { projection: vi.fn() } as unknown as LinkedViewport
    shownViewports.set(name, { viewport, kept: () => null })
    const element = { getBoundingClientRect: () => ({ left: 0, top: 0 }), setPointerCapture: vi.fn() }
    const scope = effectScope()
    const tools = scope.run(() => usePaneTools({ name, mouseAs: 'bitmap' }, shallowRef(viewport)))
    tools?.down({ button: 0, currentTarget: element, clientX: 1, clientY: 1 } as unknown as PointerEvent)
    scope.stop()
  }

  it('also of another method: S does not keep the bit map, whose mouse it has', () => {
    useScene().show('methods')
    pressIn('gradCam')
    expect(useStage().activePane).toBe('gradCam')
    press('s')
    expect(useNotices().current?.text).toBe('This viewport shows no picture to keep.')
  })

  it('and the film again when that has left the stage', () => {
    const scene = useScene()
    scene.show('methods')
    pressIn('occlusion')
    press('1')
    expect([useStage().activePane, scene.auditPanes]).toEqual(['film', ['film']])
  })
})

describe('keys for the scene', () => {
  it('say where there is no earlier film', async () => {
    await open('once')
    press('c')
    expect(useScene().current).toBe('audit')
    expect(useNotices().current?.text).toContain('no earlier film')
  })

  it('say that a picture to be kept is not on the stage, and not that no case is open', () => {
    useScene().show('prior')
    useStage().activePane = 'bitmap'
    press('s')
    expect(useNotices().current?.text).toMatch(/^Bit map is not on the stage now/)
  })
})

it('an earlier film is read when it is asked for, and dropped with the wish', async () => {
  const [prior, scene] = [usePrior(), useScene()]
  expect(prior.state).toBe('empty')
  scene.show('prior')
  await vi.waitFor(() => expect(prior.state).toBe('ready'))
  expect(prior.film?.detail.summary.id).toBe('earlier')
  expect(prior.interval).toBe('3 months before')
  scene.leave()
  await nextTick()
  expect([prior.state, prior.film]).toEqual(['empty', null])
})

it('an earlier film that is still being read shows no window of the one before', async () => {
  useWorklist().cases = [...films, exampleSummary('first', { patientKey: patient('a'), studyDate: '2016-01-18' })]
  const prior = usePrior()
  useScene().show('prior')
  await vi.waitFor(() => expect(prior.voi).not.toBeNull())
  prior.chosenId = caseId.parse('first')
  await nextTick()
  expect([prior.state, prior.voi]).toEqual(['loading', null])
  await vi.waitFor(() => expect(prior.film?.detail.summary.id).toBe('first'))
})
