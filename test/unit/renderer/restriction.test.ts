import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { caseId } from '../../../contract'
import { appliesIn, keyGroups } from '../../../renderer/composables/keys'
import { useNotices } from '../../../renderer/stores/notices'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useRestriction } from '../../../renderer/stores/restriction'
import { useShell } from '../../../renderer/stores/shell'
import { useStage } from '../../../renderer/stores/stage'
import { useWorklist } from '../../../renderer/stores/worklist'
import { exampleDetail, exampleSummary, mainSide } from '../../support/windowSide'

const press = (key: string) =>
  keyGroups
    .filter((group) => appliesIn(group, 'workstation'))
    .flatMap(({ bindings }) => bindings)
    .find(({ keys }) => keys.includes(key))
    ?.run(key)

/** The brush is in the hand, over a film. */
async function brushing() {
  useShell().evidenceTab = 'evidence'
  useWorklist().cases = [exampleSummary('one')]
  await useOpenCase().open(caseId.parse('one'))
  const restriction = useRestriction()
  restriction.choice = 'brush'
  expect(restriction.brushing).toBe(true)
  return restriction
}

beforeEach(() => {
  setActivePinia(createPinia())
  mainSide({ openCase: ({ caseId: id }) => exampleDetail(id) })
})

describe('the brush', () => {
  it('is laid down by Esc, and what was brushed stays', async () => {
    const restriction = await brushing()
    restriction.paint({ x: 10, y: 10 }, false)
    press('escape')
    expect(restriction.brushing).toBe(false)
    expect(restriction.value?.mask).toBe(restriction.mask)
    restriction.takeUp()
    expect(restriction.brushing).toBe(true)
  })

  it('is laid down by a tool, also by the one that was chosen before', async () => {
    const restriction = await brushing()
    expect(useStage().tool).toBe('window')
    press('w')
    expect(restriction.brushing).toBe(false)
    restriction.takeUp()
    press('p')
    expect(restriction.brushing).toBe(false)
    expect(useStage().tool).toBe('pan')
  })

  it('is laid down when its card leaves the screen', async () => {
    const restriction = await brushing()
    useShell().evidenceTab = 'finding'
    expect(restriction.brushing).toBe(false)
    useShell().evidenceTab = 'evidence'
    expect(restriction.brushing).toBe(false)
  })

  it('is laid down while an audit runs, and cannot be taken up', async () => {
    const restriction = await brushing()
    useWorklist().put(exampleSummary('one', { status: 'auditing' }))
    expect(restriction.brushing).toBe(false)
    restriction.takeUp()
    expect(restriction.brushing).toBe(false)
  })
})

it('what was brushed comes back after it was cleared, but not over another film', async () => {
  const restriction = await brushing()
  restriction.paint({ x: 10, y: 10 }, false)
  const { mask } = restriction
  restriction.clear()
  expect(restriction.brushedPixels).toBe(0)
  await useNotices().undo()
  expect(restriction.mask).toBe(mask)
  restriction.clear()
  await useOpenCase().open(caseId.parse('two'))
  await useNotices().undo()
  expect(useNotices().current?.kind).toBe('error')
  expect(restriction.mask).toBeNull()
})
