import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { modelName, sha256, SimpleBitsError, type ClassifierView } from '../../../contract'
import { useClassifiers } from '../../../renderer/stores/classifiers'
import { useNotices } from '../../../renderer/stores/notices'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { exampleRecord } from '../../support/exampleReport'
import { exampleDetail, mainSide } from '../../support/windowSide'

const [first, second] = [modelName.parse('effusion-128'), modelName.parse('effusion-128-b')]

/** Two classifiers, of which the first decides; `refuse` lets a change fail. */
function twoClassifiers() {
  let inUse = first
  const script = { refuse: false }
  const view = (name: typeof first, digit: string): ClassifierView => ({
    ...{ name, sha256: sha256.parse(digit.repeat(64)), description: '', own: false, inUse: name === inUse },
    ...{ threshold: 0.5, manifest: null, test: null, refused: null },
  })
  const views = () => [view(first, 'a'), view(second, 'b')]
  mainSide({
    classifiers: views,
    useClassifier({ name }) {
      if (script.refuse) throw new SimpleBitsError('MODEL_UNSUITABLE', 'It has not passed its test.')
      inUse = name
      return views()
    },
    openCase: ({ caseId: id }) => exampleDetail(id, { audit: exampleRecord() }),
  })
  return script
}

beforeEach(() => setActivePinia(createPinia()))

describe('undo of a change of who decides', () => {
  it('ends: the classifier of before decides again, and there is nothing more to undo', async () => {
    twoClassifiers()
    const [classifiers, notices] = [useClassifiers(), useNotices()]
    await classifiers.load()
    await classifiers.use(second)
    await notices.undo()
    expect(classifiers.inUse?.name).toBe(first)
    expect(notices.current?.text).toMatch(/^Taken back: effusion-128-b decides/)
    expect(notices.undos).toHaveLength(0)
  })

  it('says so when it fails', async () => {
    const script = twoClassifiers()
    const [classifiers, notices] = [useClassifiers(), useNotices()]
    await classifiers.load()
    await classifiers.use(second)
    script.refuse = true
    await notices.undo()
    expect(notices.current).toMatchObject({ kind: 'error', text: 'It has not passed its test.' })
    expect(classifiers.inUse?.name).toBe(second)
  })

  it('waits where another classifier is being worked on', async () => {
    twoClassifiers()
    const [classifiers, notices] = [useClassifiers(), useNotices()]
    await classifiers.load()
    await classifiers.use(second)
    classifiers.busy = { what: 'testing', name: first }
    await notices.undo()
    expect(notices.current?.text).toContain('Take this back when that is done')
    classifiers.busy = null
    await notices.undo()
    expect(classifiers.inUse?.name).toBe(first)
  })
})

it('an audit by another classifier than the one that decides is known as such', async () => {
  twoClassifiers()
  const classifiers = useClassifiers()
  await classifiers.load()
  await useOpenCase().open(exampleDetail('one').summary.id)
  expect(classifiers.changed).toBeNull()
  await classifiers.use(second)
  expect(classifiers.changed).toEqual({ audited: `the classifier ${first}`, decides: second })
  await classifiers.use(first)
  expect(classifiers.changed).toBeNull()
  classifiers.all = classifiers.all.map((one) => ({ ...one, threshold: 0.3 }))
  expect(classifiers.changed).toEqual({ audited: `another version of the classifier ${first}`, decides: first })
})
