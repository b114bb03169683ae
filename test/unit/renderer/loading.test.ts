import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { caseId, SimpleBitsError } from '../../../contract'
import { useClassifiers } from '../../../renderer/stores/classifiers'
import { useLoading } from '../../../renderer/stores/loading'
import { useOpenCase } from '../../../renderer/stores/openCase'
import { useWorklist } from '../../../renderer/stores/worklist'
import { exampleDetail, exampleSummary, mainSide } from '../../support/windowSide'

beforeEach(() => setActivePinia(createPinia()))

/** A read that is answered, or fails, when the test says so. */
function reading() {
  let [answer, fail]: [(text: string) => void, (error: Error) => void] = [() => undefined, () => undefined]
  const promise = new Promise<string>((resolve, reject) => {
    ;[answer, fail] = [resolve, reject]
  })
  return { read: () => promise, answer, fail }
}

describe('what is read from the main side', () => {
  const taken: string[] = []
  const take = (found: string) => void taken.push(found)
  beforeEach(() => void taken.splice(0))

  it('is waited for the first time and after a failure, and stays on screen while it is read again', async () => {
    const { state, failure, load } = useLoading()
    const seen: string[] = []
    for (const answer of [new Error('No.'), 'first', 'second', new Error('Gone.')]) {
      const loaded = load(() => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)), { take })
      seen.push(state.value)
      await loaded
      seen.push(state.value, failure.value)
    }
    expect(seen).toEqual([
      ...['loading', 'failed', 'No.'],
      ...['loading', 'ready', ''],
      ...['ready', 'ready', ''],
      ...['ready', 'failed', 'Gone.'],
    ])
    expect(taken).toEqual(['first', 'second'])
  })

  it('is the answer to the last question: earlier ones come too late, and so do their failures', async () => {
    const { state, load } = useLoading()
    const [early, broken, last] = [reading(), reading(), reading()]
    const all = [early, broken, last].map(({ read }) => load(read, { take }))
    last.answer('last')
    early.answer('early')
    broken.fail(new Error('Too late.'))
    await Promise.all(all)
    expect([taken, state.value]).toEqual([['last'], 'ready'])
  })

  it('is dropped where it is no longer of use', async () => {
    const { state, load } = useLoading('empty')
    await load(async () => 'left', { take, isCurrent: () => false })
    await load(() => Promise.reject(new Error('Left.')), { take, isCurrent: () => false })
    expect([taken, state.value]).toEqual([[], 'loading'])
  })

  it('fails where it cannot be kept', async () => {
    const { state, failure, load } = useLoading()
    await load(async () => 'odd', {
      take() {
        throw new Error('It does not fit.')
      },
    })
    expect([state.value, failure.value]).toEqual(['failed', 'It does not fit.'])
  })
})

describe('a store that could not be read', () => {
  it('says so, and that it is waited for while it is tried again', async () => {
    mainSide({ classifiers: () => Promise.reject(new SimpleBitsError('FILE_UNREADABLE', 'The folder is locked.')) })
    const classifiers = useClassifiers()
    await classifiers.load()
    expect([classifiers.state, classifiers.failure]).toEqual(['failed', 'The folder is locked.'])
    mainSide({ classifiers: () => [] })
    const again = classifiers.load()
    expect(classifiers.state).toBe('loading')
    await again
    expect([classifiers.state, classifiers.failure]).toEqual(['ready', ''])
  })

  it('keeps the list on screen while it is read again', async () => {
    mainSide({ listCases: () => [exampleSummary('one')] })
    const worklist = useWorklist()
    await worklist.load()
    const again = worklist.load()
    expect([worklist.state, worklist.cases.length]).toEqual(['ready', 1])
    await again
  })

  it('is a lost film only where its file is not there or another one', async () => {
    const one = caseId.parse('one')
    const openCase = useOpenCase()
    const states: unknown[] = []
    for (const code of ['FILE_NOT_FOUND', 'FILE_CHANGED', 'FILE_UNREADABLE'] as const) {
      mainSide({ openCase: () => Promise.reject(new SimpleBitsError(code, code)) })
      await openCase.open(one)
      states.push(openCase.state, openCase.failure, openCase.isLost)
    }
    expect(states).toEqual([
      ...['failed', 'FILE_NOT_FOUND', true],
      ...['failed', 'FILE_CHANGED', true],
      ...['failed', 'FILE_UNREADABLE', false],
    ])
    mainSide({ openCase: () => exampleDetail(one) })
    await openCase.open(one)
    expect([openCase.state, openCase.isLost]).toEqual(['ready', false])
  })
})
